"""Who hands over to whom: as a matrix of givers and takers, and as a flow between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

import plotly.graph_objects as go

from dashboards.charts.contrast import written_scale
from dashboards.charts.template import template
from mining.drawing.colours import Tokens

_ROW = 34


@dataclass(frozen=True)
class Cell:
    """What one gives another: the shown value (None: nothing known), that in a word, and all measures in lines.

    `times` is how often it happens.
    """

    giver: str
    taker: str
    value: float | None
    label: str
    lines: tuple[str, ...]
    times: int

    @property
    def hover(self) -> str:
        """Say everything about the cell; names come from extracts and are shown as text."""
        return "<br>".join((f"<b>{escape(self.giver)} → {escape(self.taker)}</b>", *map(escape, self.lines)))


def matrix_figure(owners: Sequence[str], cells: Sequence[Cell], theme: Tokens) -> go.Figure:
    """Draw givers down, takers across, both in the given order; the stronger the colour, the more (by square root)."""
    scale = written_scale(theme)
    high = max((cell.value or 0.0 for cell in cells), default=0.0)
    levels = {(cell.giver, cell.taker): _level(cell.value, high, len(scale)) for cell in cells}
    places = list(range(len(owners)))
    figure = go.Figure(
        go.Heatmap(
            x=places,
            y=places,
            z=[[levels.get((giver, taker)) for taker in owners] for giver in owners],
            zmin=0,
            zmax=len(scale) - 1,
            colorscale=[(level / (len(scale) - 1), colour) for level, (colour, _) in enumerate(scale)],
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    figure.add_trace(_labels(owners, cells, [scale[levels[cell.giver, cell.taker]][1] for cell in cells]))
    names = [escape(_short(owner)) for owner in owners]
    figure.update_layout(template=template(theme), height=112 + _ROW * len(owners), margin={"t": 8, "b": 8})
    axis = {"tickvals": places, "showgrid": False, "ticklabelstandoff": 4}
    edge = [-0.5, len(owners) - 0.5]
    across = [name.replace(" ", "<br>", 1) for name in names]
    figure.update_xaxes(**axis, ticktext=across, side="top", title="takes over", range=edge)
    figure.update_yaxes(**axis, ticktext=names, title="hands over", range=edge[::-1])
    return figure


def _level(value: float | None, high: float, levels: int) -> int:
    return round(sqrt(max(value or 0.0, 0.0) / high) * (levels - 1)) if high else 0


def _labels(owners: Sequence[str], cells: Sequence[Cell], inks: Sequence[str]) -> go.Scatter:
    """Write into each cell its value, and tell all of it when it is pointed at."""
    place = {owner: number for number, owner in enumerate(owners)}
    return go.Scatter(
        x=[place[cell.taker] for cell in cells],
        y=[place[cell.giver] for cell in cells],
        mode="text",
        text=[escape(cell.label) for cell in cells],
        textfont={"size": 12, "color": list(inks)},
        customdata=[cell.hover for cell in cells],
        hovertemplate="%{customdata}<extra></extra>",
        name="handoffs",
    )


def flow_figure(owners: Sequence[str], cells: Sequence[Cell], theme: Tokens) -> go.Figure:
    """Draw a band from each giver (left) to each taker (right), as wide as it is frequent."""
    givers = [owner for owner in owners if any(cell.giver == owner for cell in cells)]
    takers = [owner for owner in owners if any(cell.taker == owner for cell in cells)]
    left = {owner: number for number, owner in enumerate(givers)}
    right = {owner: len(givers) + number for number, owner in enumerate(takers)}
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [escape(_short(owner)) for owner in (*givers, *takers)],
                "customdata": [escape(owner) for owner in (*givers, *takers)],
                "color": theme.accent,
                "line": {"width": 0},
                "pad": 20,
                "thickness": 10,
                "hovertemplate": "%{customdata}<br>%{value:,d} handoffs<extra></extra>",
            },
            link={
                "source": [left[cell.giver] for cell in cells],
                "target": [right[cell.taker] for cell in cells],
                "value": [cell.times for cell in cells],
                "color": theme.border,
                "customdata": [cell.hover for cell in cells],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            valueformat=",d",
            textfont={"color": theme.text, "size": 13},
        )
    )
    height = 60 + _ROW * max(len(givers), len(takers))
    figure.update_layout(template=template(theme), height=max(height, 220), margin={"t": 14, "b": 14})
    return figure


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
