"""How many cases touch systems how often, as bars from zero."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.template import template
from mining.drawing.colours import Tokens
from pipeline import formats


def touch_figure(counts: Sequence[tuple[int, int]], title: str, theme: Tokens) -> go.Figure:
    """Draw a bar for each number of touch points, as high as the returns that have it."""
    returns = sum(cases for _, cases in counts)
    figure = go.Figure(
        go.Bar(
            x=[number for number, _ in counts],
            y=[cases for _, cases in counts],
            marker={"color": theme.accent},
            customdata=[f"{formats.count(cases)} returns ({formats.share(cases / returns)})" for _, cases in counts],
            hovertemplate="%{x}: %{customdata}<extra></extra>",
        )
    )
    figure.update_layout(template=template(theme), height=220, bargap=0.25)
    figure.update_xaxes(title=title, tickformat=",d", showgrid=False)
    figure.update_yaxes(title="Returns", tickformat=",d", rangemode="tozero")
    return figure
