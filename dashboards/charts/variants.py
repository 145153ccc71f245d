"""How few paths cover how much: the share of returns and of their value that the most frequent paths have together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboards.charts.template import template
from mining.drawing.colours import Tokens
from mining.variants import Variant
from pipeline import formats


def coverage_figure(variants: Sequence[Variant], of: int, goal: tuple[float, int | None], theme: Tokens) -> go.Figure:
    """Draw what the first 1, 2, 3 ... of `of` paths have together, of returns (solid) and of credit value (dotted).

    `goal` is a share of the returns and how many paths it takes, None when more than there are here.
    """
    figure = go.Figure()
    values = [one.cumulative_value_share for one in variants]
    if any(value is not None for value in values):
        figure.add_trace(_line("credit value", values, theme.muted, "dot"))
    figure.add_trace(_line("returns", [one.cumulative_share for one in variants], theme.accent, "solid"))
    share, needed = goal
    if needed is not None:
        _mark_goal(figure, share, needed, theme)
    figure.update_layout(template=template(theme), height=240, hovermode="x unified", margin={"r": 96, "t": 14})
    title = f"Most frequent paths, of {formats.count(of)} in all"
    figure.update_xaxes(title=title, range=[0, max(len(variants), 1)], tickformat=",d", showgrid=False)
    figure.update_yaxes(title="Share together", tickformat=".0%", range=[0, 1.02])
    return figure


def _line(name: str, shares: Sequence[float | None], colour: str, dash: str) -> go.Scatter:
    """Draw one share as a line from 0 with its name at its end. Arrays: a figure looks at lists value by value."""
    along: NDArray[np.float64] = np.array([0.0, *shares], dtype=float)
    names = np.full(along.size, "", dtype=object)
    names[-1] = f" {name}"
    return go.Scatter(
        name=name,
        x=np.arange(along.size),
        y=along,
        mode="lines+text",
        text=names,
        textposition="bottom right" if dash == "dot" else "top right",
        textfont={"color": colour, "size": 12},
        cliponaxis=False,
        line={"color": colour, "width": 2, "dash": dash},
        hovertemplate="%{y:.1%} of " + name + "<extra></extra>",
    )


def _mark_goal(figure: go.Figure, share: float, needed: int, theme: Tokens) -> None:
    line = {"color": theme.muted, "width": 1, "dash": "dash"}
    figure.add_shape(type="line", x0=0, x1=needed, y0=share, y1=share, line=line)
    figure.add_shape(type="line", x0=needed, x1=needed, y0=0, y1=share, line=line)
    words = f"{formats.share(share)} of returns: {formats.count(needed)} {'path' if needed == 1 else 'paths'}"
    figure.add_annotation(
        x=needed, y=share / 2, xanchor="left", text=f" {words}", showarrow=False,
        font={"size": 12, "color": theme.text},
    )  # fmt: skip
