"""KPI tiles as HTML, each a link that opens it; every word in them is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dashboards.charts.sparkline import picture_source, sparkline
from dashboards.links import kpi_address
from dashboards.scope import Scope
from dashboards.scorecard import words
from dashboards.scorecard.comparisons import Comparison
from dashboards.scorecard.tiles import STATISTICS, Tile
from mining.drawing.colours import Tokens
from pipeline import formats


def grid_html(tiles: Iterable[Tile], scope: Scope, theme: Tokens) -> str:
    """Return tiles side by side, of the returns of a scope."""
    inner = "".join(tile_html(tile, theme, kpi_address(tile.measure.kpi, scope)) for tile in tiles)
    return f'<div class="rt-tiles">{inner}</div>'


def tile_html(tile: Tile, theme: Tokens, address: str = "") -> str:
    """Return the tile: name, value with unit, comparisons, trend, sample, any warning; a link where it has an address.

    On paper nothing lies behind it.
    """
    figure, unit = tile.value
    kind = "rt-tile" if tile.is_reliable else "rt-tile rt-unreliable"
    return (
        f'<article class="{kind}">{_opening(tile, address)}'
        f"<h3>{escape(tile.measure.title)}{_statistic(tile)}</h3>"
        f'<p class="rt-value"><b>{escape(figure)}</b> {escape(unit)}</p>'
        f"{_comparisons(tile)}{_left_out(tile)}{_trend(tile, theme)}"
        f'<p class="rt-foot"><span>{escape(words.sample(tile))}</span>'
        '<span aria-hidden="true">Details</span></p></article>'
    )


def _opening(tile: Tile, address: str) -> str:
    if not address:
        return ""
    name = escape(f"Open {tile.measure.title}")
    return f'<a class="rt-open" href="{escape(address)}" target="_self" aria-label="{name}"></a>'


def _statistic(tile: Tile) -> str:
    name = STATISTICS.get(tile.measure.statistic)
    return f" <small>{escape(name)}</small>" if name else ""


def _comparisons(tile: Tile) -> str:
    lines = [_comparison(one) for one in tile.comparisons]
    if not tile.row.n and not tile.comparisons:
        return _note("Nothing in this selection")
    return "".join(lines) + ("" if tile.target else _note("No target"))


def _comparison(one: Comparison) -> str:
    return (
        f'<p class="rt-verdict rt-{one.tone}"><span aria-hidden="true">{one.arrow}</span> '
        f"<b>{escape(one.figure)}</b> {escape(one.words)}</p>"
    )


def _note(text: str) -> str:
    return f'<p class="rt-verdict">{escape(text)}</p>'


def _left_out(tile: Tile) -> str:
    """Say what is left out and why, and that the value is not reliable when that is too much."""
    if not tile.is_reliable:
        return f'<p class="rt-warning">{escape(words.unreliable(tile))}</p>'
    reasons = words.left_out_reasons(tile)
    return _note(f"Left out: {reasons}") if reasons else ""


def _trend(tile: Tile, theme: Tokens) -> str:
    if not tile.trend:
        return f'<p class="rt-no-trend">{escape(words.no_trend(tile))}</p>'
    first, last = tile.trend[0], tile.trend[-1]
    label = f"{tile.measure.title} by month, {_point(tile, 0)} to {_point(tile, -1)}"
    goal = tile.target.target if tile.target else None
    source = picture_source(sparkline([point.value for point in tile.trend], goal, last.is_partial, theme))
    drawing = f'<img class="rt-spark" src="{source}" alt="{escape(label)}">'
    until = f"{formats.month_name(last.month)}{', not over' if last.is_partial else ''}"
    return (
        f'{drawing}<p class="rt-months"><span>{escape(formats.month_name(first.month))}</span>'
        f"<span>{escape(until)}</span></p>"
    )


def _point(tile: Tile, position: int) -> str:
    point = tile.trend[position]
    value = formats.plain(point.value, tile.measure.unit, tile.currency)
    return f"{value} in {formats.month_name(point.month)}"
