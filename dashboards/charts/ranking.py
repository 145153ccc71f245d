"""What weighs most, in order: a name over each bar, so that long names fit a narrow page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboards.charts.template import template
from mining.drawing.colours import Tokens

_ROW = 42
_MOST_LETTERS = 54


@dataclass(frozen=True)
class Ranked:
    """A bar: its name, where it is, its value, that in words, and what it says when pointed at."""

    name: str
    place: str
    value: float
    words: str
    details: tuple[str, ...] = ()


def ranking_figure(ranked: Sequence[Ranked], axis: str, theme: Tokens) -> go.Figure:
    """Draw the bars from top to bottom in the given order, from zero.

    Names come from extracts: they are shown as text, whatever they hold.
    """
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=list(range(len(ranked))),
            x=[row.value for row in ranked],
            width=0.3,
            marker={"color": theme.accent},
            hovertext=["<br>".join(escape(line) for line in _hover(row)) for row in ranked],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    over = {"yanchor": "bottom", "yshift": 5, "showarrow": False, "xref": "paper", "font": {"size": 12.5}}
    words: list[dict[str, object]] = []
    for position, row in enumerate(ranked):
        name = f"<b>{escape(row.name)}</b> <span style='color:{theme.muted}'>{escape(_room_left(row))}</span>"
        words.append({"x": 0, "xanchor": "left", "y": position, "text": name, **over})
        words.append({"x": 1, "xanchor": "right", "y": position, "text": escape(row.words), **over})
    largest = max((row.value for row in ranked), default=0.0)
    figure.update_layout(template=template(theme), height=48 + _ROW * len(ranked), annotations=words)
    figure.update_xaxes(title=axis, range=[0, largest or 1.0], nticks=6)
    figure.update_yaxes(visible=False, range=[len(ranked) - 0.6, -0.75])
    return figure


def _hover(row: Ranked) -> tuple[str, ...]:
    return tuple(line.replace("%{", "% {") for line in (f"{row.name}, {row.place}: {row.words}", *row.details))


def _room_left(row: Ranked) -> str:
    """Return the place as far as there is room beside the name."""
    room = max(_MOST_LETTERS - len(row.name) - len(row.words), 6)
    return row.place if len(row.place) <= room else f"{row.place[: room - 1]}…"
