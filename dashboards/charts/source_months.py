"""How many events each source tells of, month by month, and where some kinds of event are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.charts.template import template
from mining.drawing.colours import Tokens
from mining.log_quality import Coverage
from pipeline import formats

_ROW, _FOOT, _HEAD = 84, 44, 26
_MOST_TICKS = 12


@dataclass(frozen=True)
class SourceMonths:
    """A source: the keys (YYYY-MM) of all months, its events in each, and how many kinds of event lack in each.

    A kind (an activity of the source) lacks in a month without any, or with under a tenth of its usual number.
    """

    source: str
    months: tuple[str, ...]
    events: tuple[int, ...]
    lacking: tuple[int, ...]


def by_source(coverage: Sequence[Coverage]) -> list[SourceMonths]:
    """Return the coverage of the activities summed up by source, by name; all have the same months."""
    found = []
    for source in sorted({one.source_system for one in coverage}):
        kinds = [one for one in coverage if one.source_system == source]
        months = tuple(month for month, _ in kinds[0].months)
        events = tuple(
            sum(counts) for counts in zip(*([count for _, count in one.months] for one in kinds), strict=True)
        )
        lacking = tuple(sum(month in (*one.gaps, *one.thin) for one in kinds) for month in months)
        found.append(SourceMonths(source, months, events, lacking))
    return found


def source_months_figure(sources: Sequence[SourceMonths], theme: Tokens) -> go.Figure:
    """Draw the months of each source as bars from zero, one source below the other, each on its own scale.

    A month in which kinds of event lack is hatched, and their number stands above it.
    """
    gap = _HEAD / (_ROW * len(sources))
    titles = [f"{escape(one.source)}: {formats.count(sum(one.events))} events" for one in sources]
    figure = make_subplots(rows=len(sources), cols=1, shared_xaxes=True, vertical_spacing=gap, subplot_titles=titles)
    for row, one in enumerate(sources, start=1):
        figure.add_trace(_bars(one, theme), row=row, col=1)
    figure.update_annotations(x=0, xanchor="left", font={"size": 13, "color": theme.text})
    figure.update_layout(template=template(theme), height=_ROW * len(sources) + _FOOT, bargap=0.25)
    figure.update_layout(margin={"t": _HEAD})
    figure.update_yaxes(nticks=3, tickformat=",~s", rangemode="tozero")
    places = _ticks(sources[0].months)
    names = [formats.month_tick(sources[0].months[place], is_first=place == 0) for place in places]
    figure.update_xaxes(tickvals=places, ticktext=names, tickangle=0, showgrid=False)
    return figure


def _bars(one: SourceMonths, theme: Tokens) -> go.Bar:
    return go.Bar(
        name=one.source,
        x=list(range(len(one.months))),
        y=list(one.events),
        text=[str(number) if number else "" for number in one.lacking],
        textposition="outside",
        textfont={"size": 11, "color": theme.text},
        cliponaxis=False,
        marker={
            "color": [theme.missed if number else theme.accent for number in one.lacking],
            "pattern": {"shape": ["/" if number else "" for number in one.lacking], "size": 5},
        },
        customdata=[_hover(one, place) for place in range(len(one.months))],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(one: SourceMonths, place: int) -> str:
    month, events = formats.month_name(one.months[place]), formats.count(one.events[place])
    number = one.lacking[place]
    lacking = f"<br>{number} {'kind' if number == 1 else 'kinds'} of event missing or hardly there" if number else ""
    return f"{escape(one.source)}, {month}<br>{events} events{lacking}"


def _ticks(months: Sequence[str]) -> list[int]:
    """Name every month, or every third or twelfth where there are many."""
    for step in (1, 3, 12):
        places = [place for place, month in enumerate(months) if (int(month[5:]) - 1) % step == 0]
        if len(places) <= _MOST_TICKS:
            return places
    return places
