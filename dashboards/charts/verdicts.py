"""How many returns got which verdict: one bar each, so that no verdict hides in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import plotly.graph_objects as go

from dashboards.charts.template import template
from mining.drawing.colours import Tokens

Kind = Literal["conforming", "allowed", "violating", "violating_open", "undecided", "not_covered"]
_BAR = 30
_PATTERNS: dict[Kind, str] = {
    "conforming": "", "allowed": ".", "violating": "", "violating_open": "/", "undecided": "-", "not_covered": "x",
}  # fmt: skip


@dataclass(frozen=True)
class VerdictBar:
    """A verdict: its name, how many returns have it, that in words, and what it means."""

    kind: Kind
    name: str
    returns: int
    words: str
    meaning: str


def verdicts_figure(bars: Sequence[VerdictBar], theme: Tokens) -> go.Figure:
    """Draw one bar a verdict, top down in the given order, from zero; colour and hatching go with the name."""
    colours: dict[Kind, str] = {
        "conforming": theme.met,
        "allowed": theme.met,
        "violating": theme.missed,
        "violating_open": theme.missed,
        "undecided": theme.faint,
        "not_covered": theme.faint,
    }
    places = list(range(len(bars)))
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=places,
            x=[bar.returns for bar in bars],
            text=[bar.words for bar in bars],
            textposition="outside",
            textfont={"color": theme.text},
            cliponaxis=False,
            marker={
                "color": [colours[bar.kind] for bar in bars],
                "pattern": {
                    "shape": [_PATTERNS[bar.kind] for bar in bars],
                    "size": 6,
                    "bgcolor": theme.ground,
                    "fgcolor": [colours[bar.kind] for bar in bars],
                },
            },
            customdata=[f"<b>{escape(bar.name)}</b><br>{escape(bar.meaning)}" for bar in bars],
            hovertemplate="%{customdata}<br>%{text}<extra></extra>",
        )
    )
    most = max((bar.returns for bar in bars), default=0)
    figure.update_layout(template=template(theme), height=46 + _BAR * len(bars), bargap=0.35)
    figure.update_xaxes(title="returns", showticklabels=False, showgrid=False, range=[0, most * 1.45 or 1])
    names = [escape(bar.name) for bar in bars]
    figure.update_yaxes(tickvals=places, ticktext=names, autorange="reversed", showgrid=False, ticklabelstandoff=6)
    return figure
