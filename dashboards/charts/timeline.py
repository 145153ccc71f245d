"""One return over time: a lane a system, its steps numbered, the segments above and the exceptions below."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from dashboards.charts.template import template
from dashboards.charts.timeline_rows import Mark, Places, Span, Timeline, places_of
from mining.drawing.colours import Tokens

ROW, SIGN = 26, 20


def timeline_figure(timeline: Timeline, theme: Tokens) -> go.Figure:
    """Draw the timeline."""
    places = places_of(timeline)
    figure = go.Figure()
    _draw_segments(figure, timeline.segments, theme)
    _draw_steps(figure, timeline.marks, places.marks, theme)
    _draw_exceptions(figure, timeline.exceptions, places.exceptions, theme)
    _lay_out(figure, places, theme)
    low, high = timeline.bounds()
    margin = timeline.gap()
    figure.update_xaxes(range=[low - margin, high + margin], title=timeline.axis, fixedrange=True)
    return figure


def _draw_segments(figure: go.Figure, segments: Sequence[Span], theme: Tokens) -> None:
    shades = (theme.surface, theme.border)
    figure.add_trace(
        go.Bar(
            orientation="h",
            base=[one.start for one in segments],
            x=[one.end - one.start for one in segments],
            y=[0.0] * len(segments),
            width=0.8,
            text=[escape(one.name) for one in segments],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": theme.text},
            marker={
                "color": [shades[position % 2] for position in range(len(segments))],
                "line": {"color": theme.faint, "width": 1},
                "pattern": {"shape": ["/" if one.is_open else "" for one in segments], "fgcolor": theme.faint},
            },
            customdata=[_hover(one.words) for one in segments],
            hovertemplate="%{customdata}<extra></extra>",
            name="segments",
        )
    )


def _draw_steps(figure: go.Figure, marks: Sequence[Mark], heights: Sequence[float], theme: Tokens) -> None:
    days = [mark.at for mark in marks]
    line = {"color": theme.faint, "width": 1}
    figure.add_trace(go.Scatter(x=days, y=heights, mode="lines", line=line, hoverinfo="skip", name="path"))
    figure.add_trace(
        go.Scatter(
            x=days,
            y=heights,
            mode="markers+text",
            text=[escape(mark.sign) for mark in marks],
            textfont={"color": theme.ground, "size": 11},
            marker={
                "size": SIGN,
                "symbol": ["square" if mark.is_automation else "circle" for mark in marks],
                "color": theme.accent,
                "opacity": 1,
            },
            customdata=[_hover(mark.words) for mark in marks],
            hovertemplate="%{customdata}<extra></extra>",
            name="steps",
        )
    )


def _draw_exceptions(figure: go.Figure, exceptions: Sequence[Span], heights: Sequence[float], theme: Tokens) -> None:
    for one, height in zip(exceptions, heights, strict=True):
        dash = "dot" if one.is_open else "solid"
        figure.add_trace(
            go.Scatter(
                x=[one.start, max(one.end, one.start)],
                y=[height, height],
                mode="lines",
                line={"color": theme.missed, "width": 2, "dash": dash},
                hoverinfo="skip",
                name=f"exception {one.name}",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[one.start for one in exceptions],
            y=list(heights),
            mode="markers+text",
            text=[escape(one.name) for one in exceptions],
            textfont={"color": theme.ground, "size": 11},
            marker={"size": SIGN + 2, "symbol": "diamond", "color": theme.missed, "opacity": 1},
            customdata=[_hover(one.words) for one in exceptions],
            hovertemplate="%{customdata}<extra></extra>",
            name="exceptions",
        )
    )


def _lay_out(figure: go.Figure, places: Places, theme: Tokens) -> None:
    """Name the lanes, tint every other one, and make the figure as high as its rows need."""
    named = {"Segments": 0.0, **{name: start + (rows - 1) / 2 for name, (start, rows) in places.lanes.items()}}
    if places.exceptions:
        named["Exceptions"] = (places.exceptions[0] + max(places.exceptions)) / 2
    for start, rows in list(places.lanes.values())[::2]:
        ends = {"y0": start - 0.65, "y1": start + rows - 0.35}
        figure.add_hrect(**ends, fillcolor=theme.surface, line_width=0, layer="below")
    figure.update_layout(
        template=template(theme),
        height=round((places.bottom + 0.7) * ROW) + 56,
        hovermode="closest",
        uniformtext={"minsize": 11, "mode": "hide"},
    )
    figure.update_yaxes(
        tickvals=list(named.values()),
        ticktext=[escape(name) for name in named],
        range=[places.bottom - 0.2, -0.7],
        showgrid=False,
        fixedrange=True,
    )


def _hover(lines: Sequence[str]) -> str:
    title, *rest = [escape(line) for line in lines]
    return "<br>".join([f"<b>{title}</b>", *rest])
