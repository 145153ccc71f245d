"""Shares that fall or rise in steps as days go by: what is still under way, or closed, on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import plotly.graph_objects as go

from dashboards.charts.template import Axis, pale, template
from mining.drawing.colours import Tokens
from pipeline import formats

HEIGHT = 340
_LABEL = 0.07
_LETTER = 7


@dataclass(frozen=True)
class Steps:
    """A line that keeps each share until the next of its `days`, with the ends of its interval.

    `at_risk` are the numbers written below the ticks. What stands `apart` is drawn without an interval.
    """

    name: str
    role: Literal["before", "after", "apart"]
    days: Sequence[float]
    share: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    at_risk: Sequence[int] = ()


def survival_figure(lines: Sequence[Steps], ticks: Sequence[int], axes: tuple[Axis, Axis], theme: Tokens) -> go.Figure:
    """Draw the lines over days, each named at its end; `axes` are that of the days and that of the shares.

    Below each tick stand the numbers at risk, one row a line, in the colours of the lines.
    """
    figure = go.Figure()
    shown = [line for line in lines if line.days]
    for line in shown:
        if line.role != "apart":
            _draw_band(figure, line, theme)
    for line in shown:
        _draw_line(figure, line, theme)
    for line, height in zip(shown, _spread([line.share[-1] for line in shown]), strict=True):
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=6, y=height, yanchor="middle", showarrow=False,
            text=escape(line.name), font={"size": 12, "color": _colour(line, theme)},
        )  # fmt: skip
    figure.update_layout(template=template(theme), height=HEIGHT, margin={"r": 14 + _LETTER * _longest(shown)})
    figure.update_xaxes(
        title=axes[0].title,
        range=[0, max((line.days[-1] for line in shown), default=1) or 1],
        tickvals=list(ticks),
        ticktext=[_tick(place, day, shown, theme) for place, day in enumerate(ticks)],
        tickangle=0,
        showgrid=False,
    )
    figure.update_yaxes(title=axes[1].title, tickformat=axes[1].tickformat, range=[0, 1.02], nticks=6)
    return figure


def _draw_band(figure: go.Figure, line: Steps, theme: Tokens) -> None:
    look = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip", "name": "interval"}
    figure.add_trace(go.Scatter(x=list(line.days), y=list(line.low), **look))
    fill = {"fill": "tonexty", "fillcolor": pale(_colour(line, theme))}
    figure.add_trace(go.Scatter(x=list(line.days), y=list(line.high), **look, **fill))


def _draw_line(figure: go.Figure, line: Steps, theme: Tokens) -> None:
    dash = "dot" if line.role == "apart" else "solid"
    figure.add_trace(
        go.Scatter(
            x=list(line.days),
            y=list(line.share),
            mode="lines",
            line={"color": _colour(line, theme), "width": 2, "shape": "hv", "dash": dash},
            hovertext=[_hover(line, place) for place in range(len(line.days))],
            hovertemplate="%{hovertext}<extra></extra>",
            name=line.name,
        )
    )


def _hover(line: Steps, place: int) -> str:
    between = f" ({formats.share(line.low[place])} to {formats.share(line.high[place])})"
    day = formats.number(line.days[place], 1)
    return f"{escape(line.name)}, day {day}: {formats.share(line.share[place])}{between}"


def _tick(place: int, day: int, lines: Sequence[Steps], theme: Tokens) -> str:
    counts = [
        f"<span style='color:{_colour(line, theme)}'>{formats.count(line.at_risk[place])}</span>"
        for line in lines
        if line.at_risk
    ]
    return "<br>".join([formats.count(day), *counts])


def _colour(line: Steps, theme: Tokens) -> str:
    return theme.accent if line.role == "after" else theme.muted


def _longest(lines: Sequence[Steps]) -> int:
    return max((len(line.name) for line in lines), default=0)


def _spread(ends: Sequence[float]) -> list[float]:
    """Return where labels stand beside their ends: none on another, in the order of the ends."""
    heights = list(ends)
    order = sorted(range(len(ends)), key=lambda place: ends[place])
    lowest, highest = 0.0, 1.0
    for place in order:
        heights[place] = max(heights[place], lowest)
        lowest = heights[place] + _LABEL
    for place in reversed(order):
        heights[place] = min(heights[place], highest)
        highest = heights[place] - _LABEL
    return heights
