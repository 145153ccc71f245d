"""From the mean before to the mean after, segment by segment: a waterfall with the interval of every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboards.charts.template import template
from mining.drawing.colours import Tokens
from proof.places import SegmentChange, Split
from proof.places_words import Printed

_ROW = 48
_ABOVE = 0.32


@dataclass(frozen=True)
class _Bar:
    """A row of the figure: a change from where the last one ended, its words and its interval, moved there too."""

    name: str
    start: float
    change: float
    interval: tuple[float, float] | None
    words: str
    is_called: bool

    @property
    def end(self) -> float:
        return self.start + self.change


def segment_change_figure(split: Split, printed: Printed, theme: Tokens) -> go.Figure:
    """Draw the mean before on top, then every segment's change from where the last one ended, then the mean after.

    The two means are marks, not bars: the axis starts beside them and not at zero. Changes within chance are quiet.
    """
    bars = _bars(split, printed)
    last = len(bars) + 1
    figure = go.Figure()
    _draw_changes(figure, bars, theme)
    _draw_means(figure, split, printed, theme)
    for place, at in enumerate([split.before, *(bar.end for bar in bars)]):
        line = {"x0": at, "x1": at, "y0": place + 0.2, "y1": place + 0.8}
        figure.add_shape(type="line", **line, line={"color": theme.faint, "width": 1})
    means = [("Before", printed.amount(split.before)), ("After", printed.amount(split.after))]
    _write(figure, [means[0], *((bar.name, bar.words) for bar in bars), means[1]], theme)
    figure.update_layout(template=template(theme), height=64 + _ROW * (last + 1), bargap=0.7, hovermode="closest")
    figure.update_yaxes(visible=False, range=[last + 0.5, -0.7])
    reached = [split.before, split.after, *(at for bar in bars for at in (bar.start, bar.end, *(bar.interval or ())))]
    span = max(reached) - min(reached) or 1.0
    figure.update_xaxes(title=printed.axis, range=[min(reached) - 0.05 * span, max(reached) + 0.05 * span], nticks=6)
    return figure


def _bars(split: Split, printed: Printed) -> list[_Bar]:
    bars, at = [], split.before
    for one in split.segments:
        by = one.after - one.before
        interval = (at + one.change.interval[0], at + one.change.interval[1]) if one.change else None
        bars.append(_Bar(one.title, at, by, interval, _words(one, printed), one.is_beyond_chance))
        at += by
    return bars


def _words(one: SegmentChange, printed: Printed) -> str:
    by = printed.change(one.after - one.before)
    if one.change is None:
        return by
    low, high = (printed.change(end) for end in one.change.interval)
    if not one.is_beyond_chance:
        return f"{by}, within chance"
    alike = printed.change(one.alike.value) if one.alike else by
    return f"{by} ({low} to {high})" if alike == by else f"{by} ({low} to {high}), {alike} like for like"


def _draw_changes(figure: go.Figure, bars: Sequence[_Bar], theme: Tokens) -> None:
    """Draw the bars, and around the end of each its interval."""
    more, less = theme.diverging[0], theme.diverging[-1]
    figure.add_trace(
        go.Bar(
            orientation="h",
            y=list(range(1, len(bars) + 1)),
            base=[bar.start for bar in bars],
            x=[bar.change for bar in bars],
            marker={
                "color": [theme.faint if not bar.is_called else more if bar.change > 0 else less for bar in bars],
                "pattern": {"shape": ["" if bar.is_called else "/" for bar in bars]},
            },
            hovertext=[escape(f"{bar.name}: {bar.words}") for bar in bars],
            hovertemplate="%{hovertext}<extra></extra>",
            name="changes",
        )
    )
    for place, bar in enumerate(bars, 1):
        if bar.interval:
            line = {"color": theme.text, "width": 1.5}
            ends = list(bar.interval)
            figure.add_trace(
                go.Scatter(x=ends, y=[place] * 2, mode="lines", line=line, hoverinfo="skip", name="interval")
            )


def _draw_means(figure: go.Figure, split: Split, printed: Printed, theme: Tokens) -> None:
    sides = (("Before", split.before, 0), ("After", split.after, len(split.segments) + 1))
    figure.add_trace(
        go.Scatter(
            x=[value for _, value, _ in sides],
            y=[row for _, _, row in sides],
            mode="markers",
            marker={"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": theme.text}},
            hovertext=[escape(f"{name}: {printed.amount(value)} per return") for name, value, _ in sides],
            hovertemplate="%{hovertext}<extra></extra>",
            name="means",
        )
    )


def _write(figure: go.Figure, rows: Sequence[tuple[str, str]], theme: Tokens) -> None:
    """Write the name and the words of each row above its mark, where they have room on a narrow page too."""
    look = {"xref": "paper", "x": 0, "xanchor": "left", "showarrow": False, "font": {"size": 13, "color": theme.text}}
    texts = [f"{escape(name)}  <span style='color:{theme.muted}'>{escape(words)}</span>" for name, words in rows]
    figure.update_layout(
        annotations=[
            {"y": row - _ABOVE, "text": text, "bgcolor": theme.ground, **look} for row, text in enumerate(texts)
        ]
    )
