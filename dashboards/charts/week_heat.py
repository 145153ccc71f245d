"""When in the week something happens: weekdays down, hours across."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboards.charts.contrast import written_scale
from dashboards.charts.template import template
from mining.drawing.colours import Tokens
from pipeline import formats

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = range(24)


def week_heat_figure(events: Mapping[tuple[int, int], int], totals: Mapping[int, int], theme: Tokens) -> go.Figure:
    """Draw the events by weekday (1 = Monday) and hour, each cell with its number; an empty cell is none.

    `totals` of the weekdays stand beside their names.
    """
    rows, scale = range(1, 8), written_scale(theme)
    most = max(events.values(), default=1)
    levels = {cell: round(number / most * (len(scale) - 1)) for cell, number in events.items()}
    figure = go.Figure(
        go.Heatmap(
            x=list(HOURS),
            y=list(rows),
            z=[[levels.get((day, hour)) for hour in HOURS] for day in rows],
            hovertext=[[_hover(day, hour, events.get((day, hour), 0)) for hour in HOURS] for day in rows],
            hovertemplate="%{hovertext}<extra></extra>",
            zmin=0,
            zmax=len(scale) - 1,
            colorscale=[(level / (len(scale) - 1), colour) for level, (colour, _) in enumerate(scale)],
            showscale=False,
            hoverongaps=False,
            xgap=2,
            ygap=2,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[hour for _, hour in events],
            y=[day for day, _ in events],
            mode="text",
            text=[_number(number) for number in events.values()],
            textfont={"size": 11, "color": [scale[level][1] for level in levels.values()]},
            hoverinfo="skip",
        )
    )
    figure.update_layout(template=template(theme), height=300)
    figure.update_xaxes(
        title="Local hour of the day", tickvals=list(HOURS), ticktext=[f"{hour:02d}" for hour in HOURS],
        range=[-0.5, 23.5], showgrid=False, tickangle=0,
    )  # fmt: skip
    names = [f"{WEEKDAYS[day - 1][:3]}  {formats.count(totals.get(day, 0))}" for day in rows]
    figure.update_yaxes(tickvals=list(rows), ticktext=names, range=[7.5, 0.5], showgrid=False)
    return figure


def _number(events: int) -> str:
    return formats.count(events) if events < 10_000 else f"{formats.count(events / 1000)}k"


def _hover(day: int, hour: int, events: int) -> str:
    return f"{WEEKDAYS[day - 1]}, {hour:02d}:00 to {hour + 1:02d}:00: {formats.count(events)} events"
