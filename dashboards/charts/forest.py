"""Estimates with their intervals, one below the other: a forest plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

import plotly.graph_objects as go

from dashboards.charts.template import Axis, template
from mining.drawing.colours import Tokens
from pipeline.locale_marks import in_marks

ROW = 48
FURTHEST = 20.0
_NAME, _BEFORE, _AFTER = -0.27, 0.06, 0.27
_TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_ROOM_FOR_WORDS = 0.5


@dataclass(frozen=True)
class Mark:
    """An estimate with its interval, where there is one."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Row:
    """What is estimated: its name, a quiet note beside it, the estimate, an earlier one, and the estimate in words."""

    name: str
    note: str
    mark: Mark | None
    before: Mark | None
    words: str


@dataclass(frozen=True)
class Ground:
    """What a forest stands on: its axis, the value that means no difference, whether the axis is of ratios."""

    axis: Axis
    neutral: float | None = None
    is_ratio: bool = False


def forest_figure(rows: Sequence[Row], ground: Ground, theme: Tokens) -> go.Figure:
    """Draw one row each, top down: estimates are dots, earlier ones hollow diamonds, lines their intervals.

    An axis of ratios is logarithmic; it shows half to twice at least and ends at 20 times either way. Names are
    shown as text, whatever they hold.
    """
    figure = go.Figure()
    if ground.neutral is not None:
        _draw_neutral(figure, ground.neutral, len(rows), theme)
    _draw(figure, rows, [row.before for row in rows], ground, _BEFORE, ("diamond-open", theme.faint, "before"))
    _draw(figure, rows, [row.mark for row in rows], ground, _AFTER, ("circle", theme.accent, "estimate"))
    written = [words for place, row in enumerate(rows) for words in _written(place, row, ground, theme)]
    figure.update_layout(
        template=template(theme), height=64 + ROW * len(rows), hovermode="closest", annotations=written
    )
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.62])
    _scale(figure, rows, ground)
    return figure


def _draw(
    figure: go.Figure,
    rows: Sequence[Row],
    marks: Sequence[Mark | None],
    ground: Ground,
    lane: float,
    look: tuple[str, str, str],
) -> None:
    symbol, colour, name = look
    shown = [(place, mark) for place, mark in enumerate(marks) if mark]
    for place, mark in shown:
        if mark.low is not None and mark.high is not None:
            ends = [_kept(mark.low, ground), _kept(mark.high, ground)]
            line = {"color": colour, "width": 2}
            figure.add_trace(
                go.Scatter(x=ends, y=[place + lane] * 2, mode="lines", line=line, hoverinfo="skip", name="interval")
            )
    figure.add_trace(
        go.Scatter(
            x=[_kept(mark.value, ground) for _, mark in shown],
            y=[place + lane for place, _ in shown],
            mode="markers",
            marker={"symbol": symbol, "size": 9, "color": colour, "line": {"width": 1.5, "color": colour}},
            hovertext=[_hover(rows[place]) for place, _ in shown],
            hovertemplate="%{hovertext}<extra></extra>",
            name=name,
        )
    )


def _hover(row: Row) -> str:
    return "<br>".join((f"<b>{escape(row.name)}</b>", escape(row.note), escape(row.words)))


def _written(place: int, row: Row, ground: Ground, theme: Tokens) -> tuple[dict[str, object], dict[str, object]]:
    """Return the name of a row above its marks, and its estimate to the right of their intervals."""
    end = max(_ends(row, ground), default=1.0)
    look = {"showarrow": False, "bgcolor": theme.ground, "borderpad": 1, "xanchor": "left", "yanchor": "middle"}
    name = f"{escape(row.name)}  <span style='color:{theme.muted}'>{escape(row.note)}</span>"
    font = {"size": 13, "color": theme.text}
    words = {
        "x": log10(end) if ground.is_ratio else end,
        "y": place + (_AFTER if row.mark else _BEFORE),
        "xshift": 8,
        "text": escape(row.words),
        "font": {"size": 12, "color": theme.text},
        "name": "words",
    }
    return {
        "x": 0,
        "xref": "paper",
        "y": place + _NAME,
        "text": name,
        "font": font,
        "name": "name",
        **look,
    }, words | look


def _draw_neutral(figure: go.Figure, value: float, rows: int, theme: Tokens) -> None:
    line = {"color": theme.muted, "width": 1, "dash": "dash"}
    ends = [-0.5, rows - 0.5]
    figure.add_trace(go.Scatter(x=[value] * 2, y=ends, mode="lines", line=line, hoverinfo="skip", name="no difference"))


def _scale(figure: go.Figure, rows: Sequence[Row], ground: Ground) -> None:
    """Lay the axis on top, with room for the words on the right."""
    ends = [end for row in rows for end in _ends(row, ground)] or [1.0]
    ends += [0.5, 2.0] if ground.is_ratio else [ground.neutral or 0.0]
    low, high = (log10(min(ends)), log10(max(ends))) if ground.is_ratio else (min(ends), max(ends))
    span = high - low or 1.0
    figure.update_xaxes(
        title=ground.axis.title,
        side="top",
        tickformat=ground.axis.tickformat,
        range=[low - 0.04 * span, high + _ROOM_FOR_WORDS * span],
    )
    if ground.is_ratio:
        ticks = [tick for tick in _TICKS if low - 0.1 <= log10(tick) <= high + 0.1]
        figure.update_xaxes(type="log", tickvals=ticks, ticktext=[in_marks(f"{tick:g}") for tick in ticks])


def _ends(row: Row, ground: Ground) -> list[float]:
    values = [end for mark in (row.mark, row.before) if mark for end in (mark.low, mark.value, mark.high)]
    return [_kept(value, ground) for value in values if value is not None]


def _kept(value: float, ground: Ground) -> float:
    return min(max(value, 1 / FURTHEST), FURTHEST) if ground.is_ratio else value
