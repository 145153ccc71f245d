"""A measure month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.template import Axis, template
from mining.drawing.colours import Tokens


@dataclass(frozen=True)
class Month:
    """A month of a trend: its name, its label on the axis, its value (None: nothing measured), that and n in words."""

    name: str
    tick: str
    value: float | None
    words: str
    is_partial: bool


def trend_figure(months: Sequence[Month], target: tuple[float, str] | None, axis: Axis, theme: Tokens) -> go.Figure:
    """Draw a line over the months; `target` is the level and its label.

    A month that still runs has a hollow point.
    """
    places = list(range(len(months)))
    figure = go.Figure(
        go.Scatter(
            x=places,
            y=[month.value for month in months],
            mode="lines+markers",
            line={"color": theme.accent, "width": 2},
            marker={
                "size": 8,
                "color": [theme.ground if month.is_partial else theme.accent for month in months],
                "line": {"color": theme.accent, "width": 2},
            },
            customdata=[f"{month.name}<br>{month.words}" for month in months],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    if target:
        level, label = target
        figure.add_hline(y=level, line={"color": theme.muted, "width": 1, "dash": "dash"})
        figure.add_annotation(
            x=1, xref="paper", xanchor="right", y=level, yanchor="bottom", text=label, showarrow=False,
            font={"size": 12, "color": theme.muted},
        )  # fmt: skip
    figure.update_layout(template=template(theme), height=230)
    figure.update_yaxes(title=axis.title, tickformat=axis.tickformat, rangemode="tozero")
    ticks = [month.tick for month in months]
    figure.update_xaxes(tickvals=places, ticktext=ticks, tickangle=0, showgrid=False)
    return figure
