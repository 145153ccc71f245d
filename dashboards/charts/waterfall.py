"""A whole cut into parts, each beginning where the one before it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.template import template
from mining.drawing.colours import Tokens

_ROW = 34
_ROOM = 0.38


@dataclass(frozen=True)
class Part:
    """A part of a whole: its name, its length, that in words, and what it says when pointed at."""

    name: str
    length: float
    words: str
    details: tuple[str, ...] = ()


def waterfall_figure(parts: Sequence[Part], whole: Part, axis: str, theme: Tokens) -> go.Figure:
    """Draw the parts from top to bottom, each from the end of the last, and the whole below them.

    The lengths add up to that of the whole, which is the axis.
    """
    starts = [sum(part.length for part in parts[:place]) for place in range(len(parts))]
    rows = [*parts, whole]
    begins = [*starts, 0.0]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=list(range(len(rows))),
            base=begins,
            x=[row.length for row in rows],
            marker={"color": [*(theme.accent for _ in parts), theme.muted]},
            hovertext=[
                "<br>".join(escape(line) for line in (f"{row.name}: {row.words}", *row.details)) for row in rows
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    reach = max(whole.length, *(start + part.length for start, part in zip(starts, parts, strict=True))) or 1.0
    for place, (start, row) in enumerate(zip(begins, rows, strict=True)):
        figure.add_annotation(y=place, text=escape(row.words), **_label_place(start, row.length, reach, theme))
    for place, start in enumerate(starts[1:]):
        ends = {"x0": start, "x1": start, "y0": place + 0.3, "y1": place + 0.7}
        figure.add_shape(type="line", **ends, line={"color": theme.faint, "width": 1})
    figure.update_layout(template=template(theme), height=56 + _ROW * len(rows), bargap=0.4)
    figure.update_xaxes(title=axis, range=[0, reach], nticks=8)
    names = [*(escape(part.name) for part in parts), f"<b>{escape(whole.name)}</b>"]
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=names, autorange="reversed", showgrid=False, ticklabelstandoff=6
    )
    return figure


def _label_place(start: float, length: float, reach: float, theme: Tokens) -> dict[str, Any]:
    """Put a label where it has room on a narrow page too: after its bar, before it, or else inside."""
    end = start + length
    after, before = reach - end, start
    if after >= _ROOM * reach or after >= max(before, length):
        where: dict[str, Any] = {"x": end, "xanchor": "left", "xshift": 4}
    elif before >= _ROOM * reach or before >= length:
        where = {"x": start, "xanchor": "right", "xshift": -4}
    else:
        return _label({"x": end, "xanchor": "right", "xshift": -6}, theme.ground)
    return _label(where, theme.text)


def _label(where: dict[str, Any], colour: str) -> dict[str, Any]:
    return {**where, "showarrow": False, "font": {"size": 12, "color": colour}}
