"""A measure week by week within the limits that the weeks of before set: a control chart."""

from __future__ import annotations

from datetime import date, timedelta

import plotly.graph_objects as go

from dashboards.charts.template import Axis, template
from mining.drawing.colours import Tokens
from pipeline import formats
from proof.weekly import Phase
from proof.xmr import ControlChart, Point

HEIGHT = 320
_PHASES: tuple[Phase, ...] = ("before", "in between", "after")
_SIZE, _LOUD = 7, 12
_ROOM = 110


def weekly_control_figure(chart: ControlChart, cut_over: date, axis: Axis, theme: Tokens) -> go.Figure:
    """Draw weeks as points on a thin line, with the mean of before, its limits, and the day of the change.

    Before is grey, after has the accent, what stands in between is hollow; a week that signals is a large diamond.
    """
    figure = go.Figure(
        go.Scatter(
            x=[point.start for point in chart.points],
            y=[point.value for point in chart.points],
            mode="lines",
            line={"color": theme.border, "width": 1.5},
            hoverinfo="skip",
            name="weeks",
        )
    )
    for phase in _PHASES:
        _draw_points(figure, [point for point in chart.points if point.phase == phase], phase, axis, theme)
    _draw_limits(figure, chart, axis, theme)
    if chart.points:
        figure.add_vline(x=cut_over.isoformat(), line={"color": theme.muted, "width": 1, "dash": "dot"})
        _write(figure, theme, x=cut_over.isoformat(), y=1, yref="paper", text="change", yanchor="bottom")
    figure.update_layout(template=template(theme), height=HEIGHT, hovermode="closest", margin={"r": _ROOM, "t": 24})
    figure.update_xaxes(title="Week of the request, from its first local day", showgrid=False, tickangle=0)
    figure.update_yaxes(title=axis.title, tickformat=axis.tickformat, nticks=6)
    return figure


def _draw_points(figure: go.Figure, points: list[Point], phase: Phase, axis: Axis, theme: Tokens) -> None:
    colour = theme.accent if phase == "after" else theme.muted
    figure.add_trace(
        go.Scatter(
            x=[point.start for point in points],
            y=[point.value for point in points],
            mode="markers",
            marker={
                "size": [_LOUD if point.signals else _SIZE for point in points],
                "symbol": ["diamond" if point.signals else "circle" for point in points],
                "opacity": 1,
                "color": theme.ground if phase == "in between" else colour,
                "line": {"color": colour, "width": 1.5},
            },
            hovertext=[_hover(point, axis) for point in points],
            hovertemplate="%{hovertext}<extra></extra>",
            name=phase,
        )
    )


def _hover(point: Point, axis: Axis) -> str:
    last = point.start + timedelta(days=6)
    lines = [
        f"{formats.day(point.start)} to {formats.day(last)} ({point.phase})",
        f"{_printed(point.value, axis)}, {formats.count(point.n)} items",
    ]
    if point.signals:
        lines.append(f"<b>{formats.listed(list(point.signals))}</b>")
    if point.is_thin:
        lines.append("less than half of the usual items")
    return "<br>".join(lines)


def _draw_limits(figure: go.Figure, chart: ControlChart, axis: Axis, theme: Tokens) -> None:
    for level, name, dash in (
        (chart.high, "upper limit", "dash"),
        (chart.centre, "mean before", "solid"),
        (chart.low, "lower limit", "dash"),
    ):
        if level is not None:
            figure.add_hline(y=level, line={"color": theme.faint, "width": 1, "dash": dash})
            text = f"{name} {_printed(level, axis)}"
            _write(figure, theme, x=1, xref="paper", xshift=6, y=level, text=text, xanchor="left", yanchor="middle")


def _write(figure: go.Figure, theme: Tokens, **where: object) -> None:
    figure.add_annotation(showarrow=False, font={"size": 12, "color": theme.muted}, **where)


def _printed(value: float, axis: Axis) -> str:
    return formats.share(value) if axis.tickformat.endswith("%") else formats.number(value, 1)
