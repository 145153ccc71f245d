"""How much is in progress, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboards.charts.template import pale, template
from mining.drawing.colours import Tokens
from pipeline import formats

FEW = 15


def work_in_progress_figure(days: Sequence[tuple[date, int]], theme: Tokens) -> go.Figure:
    """Draw what is in progress when each day ends, as steps from zero; the last day is labelled with its number.

    Each of a few days has a point and its date.
    """
    figure = go.Figure(
        go.Scatter(
            x=[day for day, _ in days],
            y=[count for _, count in days],
            mode="lines+markers" if len(days) < FEW else "lines",
            line={"color": theme.accent, "width": 1.5, "shape": "hv"},
            fill="tozeroy",
            fillcolor=pale(theme.accent),
            hovertext=[f"{formats.day(day)}: {formats.count(count)} in progress" for day, count in days],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    if days:
        last, count = days[-1]
        figure.add_annotation(
            x=last, y=1, yref="paper", xanchor="right", yanchor="top", showarrow=False,
            text=f"<b>{formats.count(count)}</b> on {formats.day(last)}", font={"size": 12, "color": theme.text},
        )  # fmt: skip
    figure.update_layout(template=template(theme), height=260)
    figure.update_xaxes(title="Local date", showgrid=False)
    if 0 < len(days) < FEW:
        ends = [days[0][0] - timedelta(days=1), days[-1][0] + timedelta(days=1)]
        figure.update_xaxes(range=ends, tickvals=[day for day, _ in days], tickformat="%-d %b", tickangle=0)
    highest = max((count for _, count in days), default=0)
    figure.update_yaxes(title="Returns in progress", range=[0, 1.2 * highest or 1], tickformat=",d", nticks=5)
    return figure
