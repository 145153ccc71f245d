"""Where the time changed: the change from request to close, cut into segments that add up to it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.segment_change import segment_change_figure
from dashboards.charts.template import toolbar
from dashboards.compare import words
from dashboards.list_html import Column, list_html, measured, plain, unbroken
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from pipeline import formats
from pipeline.export.records import records_csv
from proof.comparison import Comparison
from proof.places import SegmentChange, Split
from proof.places_words import Printed, places_sentence, printed_days, printed_money
from proof.resample import Estimate
from proof.tested import FALSE_DISCOVERIES

COLUMNS = (
    Column("Segment"),
    *words.SIDES,
    words.CHANGE,
    Column("Of the whole", is_number=True),
    words.ALIKE,
    Column("Beyond chance"),
)


@dataclass(frozen=True)
class SegmentRow:
    """A segment for the download: what is counted (days or money times days), of which unit, and how it changed."""

    counted: str
    unit_kind: str
    unit: str
    segment: str
    before: float
    after: float
    change: float
    low: float | None
    high: float | None
    share: float | None
    alike: float | None
    alike_low: float | None
    alike_high: float | None
    q_value: float | None


def show_places(found: Comparison, currency: str) -> None:
    """Show the segments in business days and in money, and by entity and site as a table."""
    places = found.places
    frame.section("Where did the time change?")
    frame.caption(places_sentence(places))
    if places.days is None:
        return
    with st.container(key="wide-segment-change"):
        figure = segment_change_figure(places.days, printed_days(), frame.theme())
        show_chart(figure, config=toolbar("where-it-changed"), key="proof-segments")
    lines = split_lines(places.days, printed_days())
    frame.html(list_html("Change by segment, in business days", COLUMNS, lines))
    if places.money is not None:
        frame.caption("The same in money: the value of a return times its business days.")
        lines = split_lines(places.money, printed_money(currency))
        frame.html(list_html("Change by segment, in money", COLUMNS, lines))
    frame.caption(_left_out(places.days, places.without_value))
    rows = [row for split in (places.days, *places.units) for row in segment_rows(split, "business days")]
    rows += segment_rows(places.money, "money x business days") if places.money else []
    show_numbers(lambda: pd.DataFrame(rows), lambda: records_csv(SegmentRow, rows), "where-it-changed")


def split_lines(split: Split, printed: Printed) -> list[list[str]]:
    """Return the segments, and the whole below them, as lines of the list: cells of markup.

    Shares are told only of a whole that is beyond chance: a share of nothing says nothing.
    """
    most = max((abs(one.after - one.before) for one in split.segments), default=0.0) or 1.0
    is_told = split.change is not None and split.change.p_value <= FALSE_DISCOVERIES
    lines = [_line(one, printed, most, is_told) for one in split.segments]
    whole = [printed.amount(split.before), printed.amount(split.after), printed.change(split.after - split.before)]
    share = formats.share(1.0 if is_told else None)
    return [*lines, [plain("Request to close"), *(unbroken(cell) for cell in whole), plain(share), "", ""]]


def _line(one: SegmentChange, printed: Printed, most: float, is_told: bool) -> list[str]:
    size = one.after - one.before
    return [
        plain(one.title),
        unbroken(printed.amount(one.before)),
        unbroken(printed.amount(one.after)),
        f"{measured(printed.change(size), abs(size) / most)}<small>{_between(one.change, printed)}</small>",
        plain(formats.share(one.share if is_told else None)),
        unbroken(printed.change(one.alike.value), _between(one.alike, printed))
        if one.alike
        else plain(formats.NOTHING),
        plain("yes" if one.is_beyond_chance else "no"),
    ]


def _between(change: Estimate | None, printed: Printed) -> str:
    return " to ".join(printed.change(end) for end in change.interval) if change else ""


def _left_out(split: Split, without_value: int) -> str:
    before, after = (formats.count(n) for n in split.returns)
    told = (
        f"Closed returns: {before} before, {after} after. Segments add up to the change of the mean cycle time. One is "
        "beyond chance by its change like for like, with the make-up of before on both sides, where that is told."
    )
    return (
        f"{told} {formats.count(without_value)} without a known value are not in the money." if without_value else told
    )


def segment_rows(split: Split, counted: str) -> list[SegmentRow]:
    """Return the segments of a split as rows of the download, unrounded."""
    return [_row(one, split, counted) for one in split.segments]


def _row(one: SegmentChange, split: Split, counted: str) -> SegmentRow:
    low, high = one.change.interval if one.change else (None, None)
    return SegmentRow(
        counted=counted,
        unit_kind=split.unit_kind,
        unit=split.unit,
        segment=one.title,
        before=one.before,
        after=one.after,
        change=one.after - one.before,
        low=low,
        high=high,
        share=one.share,
        alike=one.alike.value if one.alike else None,
        alike_low=one.alike.interval[0] if one.alike else None,
        alike_high=one.alike.interval[1] if one.alike else None,
        q_value=one.q_value,
    )
