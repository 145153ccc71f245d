"""A measure by the groups of a slice, as bars from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboards.charts.template import Axis, template
from mining.drawing.colours import Tokens

_BAR = 26
_WORDS_AT, _WIDTH = 1.02, 1.45


@dataclass(frozen=True)
class Group:
    """A group of a breakdown: its name, value (None: nothing measured), target and interval, value and n in words."""

    name: str
    value: float | None
    target: float | None
    interval: tuple[float, float] | None
    words: str
    sample: str
    is_reliable: bool

    @property
    def end(self) -> float:
        """Where the drawing of the group ends."""
        return max(self.value or 0.0, self.interval[1] if self.interval else 0.0)


def breakdown_figure(groups: Sequence[Group], axis: Axis, theme: Tokens) -> go.Figure:
    """Draw one bar a group, top down in the given order, labelled with its value and n; unreliable ones are hatched.

    A thin line over a bar is its 95 % interval, a dotted stroke across it the group's target. Names come from
    extracts: they are shown as text, whatever they hold.
    """
    positions = list(range(len(groups)))
    largest = max((max(group.end, group.target or 0.0) for group in groups), default=0.0) or 1.0
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=positions,
            x=[group.value for group in groups],
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [group.interval[1] - (group.value or 0.0) if group.interval else None for group in groups],
                "arrayminus": [
                    (group.value or 0.0) - group.interval[0] if group.interval else None for group in groups
                ],
                "color": theme.text,
                "thickness": 1.2,
                "width": 3,
            },
            marker={
                "color": theme.accent,
                "opacity": 0.55,
                "pattern": {"shape": ["" if group.is_reliable else "/" for group in groups], "size": 6},
            },
            customdata=[f"{escape(group.name)}<br>{group.words} {group.sample}" for group in groups],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[largest * _WORDS_AT] * len(groups),
            y=positions,
            mode="text",
            text=[f"  {group.words}  <span style='color:{theme.muted}'>{group.sample}</span>" for group in groups],
            textposition="middle right",
            textfont={"color": theme.text},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    for position, group in enumerate(groups):
        if group.target is not None:
            ends = {"x0": group.target, "x1": group.target, "y0": position - 0.45, "y1": position + 0.45}
            figure.add_shape(type="line", **ends, line={"color": theme.text, "width": 1.5, "dash": "dot"})
    figure.update_layout(template=template(theme), height=40 + _BAR * len(groups), bargap=0.35)
    figure.update_xaxes(title=axis.title, showticklabels=False, showgrid=False, range=[0, largest * _WIDTH])
    names = [escape(_short(group.name)) for group in groups]
    figure.update_yaxes(tickvals=positions, ticktext=names, autorange="reversed", showgrid=False, ticklabelstandoff=6)
    return figure


def _short(name: str, most: int = 28) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
