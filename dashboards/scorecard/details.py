"""The drawer behind a KPI tile: definition, formula, numbers, what is left out, trend, breakdown, items."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards import frame
from dashboards.answers import Measure
from dashboards.charts.template import toolbar
from dashboards.charts.trend import Month, trend_figure
from dashboards.links import KPI
from dashboards.published import Build
from dashboards.queries import kpis, reference
from dashboards.scope import Scope
from dashboards.scorecard import words
from dashboards.scorecard.breakdown import axis_of, show_breakdown
from dashboards.scorecard.items import PAGE, show_items
from dashboards.scorecard.tiles import Tile
from dashboards.show_chart import show_chart
from pipeline import formats
from pipeline.kpis import KpiRow


def kpi_in_url() -> str | None:
    """Return the KPI whose drawer is open, None for none."""
    return st.query_params.get(KPI)


def close_kpi() -> None:
    """Take the KPI out of the URL, which closes its drawer, and turn its items back to their first page."""
    st.query_params.pop(KPI, None)
    if PAGE in st.session_state:
        st.session_state[PAGE] = 1


def show_kpi(tile: Tile, build: Build, scope: Scope) -> None:
    """Show the drawer of a tile."""
    drawer = st.dialog(tile.measure.title, width="large", position="right", on_dismiss=close_kpi)
    drawer(_contents)(tile, build, scope)


def _contents(tile: Tile, build: Build, scope: Scope) -> None:
    frame.html(facts_html(tile))
    if len(varieties := [one for one in reference.measures(build) if one.kpi == tile.measure.kpi]) > 1:
        frame.section("What is it made of?")
        frame.html(measures_html(varieties, kpis.kpis(build, scope), tile.currency))
    if tile.measure.kpi == "cycle_time_days":
        frame.section("And the returns still open?")
        frame.caption(words.requested_cohort(kpis.requested_cohort(build, scope)))
    frame.section("How has it moved?")
    if tile.trend:
        show_chart(_trend(tile), config=toolbar(f"{tile.measure.kpi}-trend"), key="kpi-trend")
    else:
        frame.caption(words.no_trend(tile))
    show_breakdown(tile, build, scope)
    show_items(tile, build, scope)


def facts_html(tile: Tile) -> str:
    """Return the definition and the numbers behind a value as an HTML list."""
    measure, row = tile.measure, tile.row
    facts = [
        ("Value", f"{formats.plain(row.value, measure.unit, tile.currency)} ({words.variety(measure)})"),
        ("Definition", measure.definition),
        ("Population", measure.population),
        ("Dated by", "nothing: it is counted as of now" if measure.anchor == "None" else measure.anchor),
        ("Formula", words.formula(measure)),
        *_ratio(tile),
        ("n", formats.count(row.n)),
        ("Left out", words.left_out_reasons(tile) or "nothing"),
        ("Coverage", words.coverage(tile)),
        *_comparisons(tile),
    ]
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    return f'<dl class="rt-facts">{items}</dl>'


def measures_html(measures: Sequence[Measure], rows: Sequence[KpiRow], currency: str) -> str:
    """Return all measures of a KPI as an HTML table: its statistics, or the types and obligations it consists of."""
    found = {row.kpi: row for row in rows}
    lines = []
    for measure in measures:
        row = found[measure.measure]
        cells = f"<td>{escape(formats.plain(row.value, measure.unit, currency))}</td><td>{formats.count(row.n)}</td>"
        lines.append(f'<tr><th scope="row">{escape(words.variety(measure))}</th>{cells}</tr>')
    head = '<tr><th scope="col">Measure</th><th scope="col">Value</th><th scope="col">n</th></tr>'
    return f'<table class="rt-table"><thead>{head}</thead><tbody>{"".join(lines)}</tbody></table>'


def _ratio(tile: Tile) -> list[tuple[str, str]]:
    row = tile.row
    if row.numerator is None or row.denominator is None:
        return []
    return [("Numerator", formats.precise(row.numerator)), ("Denominator", formats.precise(row.denominator))]


def _comparisons(tile: Tile) -> list[tuple[str, str]]:
    return [(one.name, f"{one.arrow} {one.figure} {one.words}") for one in tile.comparisons]


def _trend(tile: Tile) -> object:
    measure = tile.measure
    months = [
        Month(
            formats.month_name(point.month),
            formats.month_tick(point.month, is_first=point is tile.trend[0]),
            point.value,
            f"{formats.plain(point.value, measure.unit, tile.currency)}, n {formats.count(point.n)}"
            f"{', not over' if point.is_partial else ''}",
            point.is_partial,
        )
        for point in tile.trend
    ]
    return trend_figure(months, _goal(tile), axis_of(measure, tile.currency), frame.theme())


def _goal(tile: Tile) -> tuple[float, str] | None:
    if tile.target is None:
        return None
    return tile.target.target, f"target {formats.quantity(tile.target.target, tile.measure.unit, tile.currency)[0]}"
