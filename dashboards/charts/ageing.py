"""How old exceptions are, as bars from zero: open ones, and hatched behind them those resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboards.charts.template import template
from mining.drawing.colours import Tokens

_BAR = 34
GAP = "\N{EN SPACE}"


@dataclass(frozen=True)
class Age:
    """An age: its name, how many are open and resolved, both in words, and a quiet note, such as what is at stake."""

    name: str
    still_open: int
    resolved: int
    words: str
    note: str


def ageing_figure(ages: Sequence[Age], theme: Tokens) -> go.Figure:
    """Draw one bar an age, top down in the given order, labelled with its numbers."""
    positions = list(range(len(ages)))
    with_resolved = any(age.resolved for age in ages)
    totals = [age.still_open + age.resolved for age in ages]
    figure = go.Figure(_bars(ages, theme))
    figure.add_trace(
        go.Scatter(
            x=totals,
            y=positions,
            mode="text",
            text=[f"{GAP}{escape(age.words)}{'' if with_resolved else _quiet(age.note, theme)}" for age in ages],
            textposition="middle right",
            textfont={"color": theme.text},
            cliponaxis=False,
            hoverinfo="skip",
            name="labels",
        )
    )
    figure.update_layout(template=template(theme), height=40 + _BAR * len(ages), bargap=0.4, barmode="stack")
    reach = (max(totals, default=0) or 1) * (2.2 if with_resolved else 1.7)
    figure.update_xaxes(title="Exceptions", showticklabels=False, showgrid=False, range=[0, reach])
    names = [escape(age.name) for age in ages]
    figure.update_yaxes(tickvals=positions, ticktext=names, autorange="reversed", showgrid=False, ticklabelstandoff=6)
    return figure


def _bars(ages: Sequence[Age], theme: Tokens) -> list[go.Bar]:
    """Return the bars of open exceptions, and the hatched ones of those resolved."""
    hover = [f"{escape(age.name)}<br>{escape(age.words)}<br>{escape(age.note)}" for age in ages]
    shared = {
        "orientation": "h",
        "y": list(range(len(ages))),
        "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    hatched = {"color": theme.faint, "pattern": {"shape": "/", "size": 6, "fgcolor": theme.muted}}
    return [
        go.Bar(**shared, x=[age.still_open for age in ages], name="open", marker={"color": theme.accent}),
        go.Bar(**shared, x=[age.resolved for age in ages], name="resolved", marker=hatched),
    ]


def _quiet(note: str, theme: Tokens) -> str:
    return f"  <span style='color:{theme.muted}'>{escape(note)}</span>"
