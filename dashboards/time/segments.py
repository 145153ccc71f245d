"""The way from request to close, cut into segments that add up: a waterfall, its words and its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.template import toolbar
from dashboards.charts.waterfall import Part, waterfall_figure
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from dashboards.time.clock import ClockUnit
from mining.segments import Decomposition, Segment
from pipeline import formats
from pipeline.export.records import records_csv


@dataclass(frozen=True)
class Way:
    """The segments of `returns` closed returns on a clock; `uncounted` more are not on it, for want of a calendar."""

    found: Decomposition
    unit: ClockUnit
    returns: int
    uncounted: int

    def seconds(self, segment: Segment) -> float:
        """Return what a segment adds to the mean time from request to close."""
        micros = segment.business_micros if self.unit.clock == "business" else segment.elapsed_micros
        return micros / 1e6 / self.returns

    def share(self, segment: Segment) -> float | None:
        """Return a segment's share of the whole."""
        return segment.business_share if self.unit.clock == "business" else segment.elapsed_share

    def median(self, segment: Segment) -> float | None:
        """Return the median of the returns that have the segment, in seconds."""
        return segment.median_business_seconds if self.unit.clock == "business" else segment.median_seconds

    @property
    def whole_seconds(self) -> float:
        """The mean time from request to close."""
        found = self.found
        micros = found.business_micros if self.unit.clock == "business" else found.elapsed_micros
        return micros / 1e6 / self.returns

    @property
    def longest(self) -> Segment:
        """The segment that takes most of the time."""
        return max(self.found.segments, key=self.seconds)


def way_of(found: Decomposition, unit: ClockUnit, on_the_clock: int) -> Way | None:
    """Return the segments on a clock, None when no return was closed that is on it."""
    returns = on_the_clock if unit.clock == "business" else found.returns
    return Way(found, unit, returns, found.returns - returns) if returns and found.segments else None


def show_segments(way: Way) -> None:
    """Show the waterfall, what it leaves out, and the same as a table."""
    with st.container(key="time-waterfall"):
        axis = f"Mean per return ({way.unit.long})"
        figure = waterfall_figure(parts_of(way), whole_of(way), axis, frame.theme())
        show_chart(figure, config=toolbar("time-segments"), key="time-segments")
    frame.caption(left_out(way))
    segments = way.found.segments
    show_numbers(lambda: segment_frame(way), lambda: records_csv(Segment, segments), "segments", ("Share of the time",))


def parts_of(way: Way) -> list[Part]:
    """Return the segments as the waterfall draws them."""
    return [_part(way, segment) for segment in way.found.segments]


def _part(way: Way, segment: Segment) -> Part:
    words = f"{way.unit.print(way.seconds(segment))} · {formats.share(way.share(segment))}"
    details = [f"{formats.count(segment.returns)} closed returns have it, median {way.unit.print(way.median(segment))}"]
    if segment.target_business_hours is not None:
        target = formats.measured(segment.target_business_hours, "business hours")
        details.append(f"{formats.count(segment.over_target)} took longer than the target of {target}")
    return Part(segment.title, way.seconds(segment) / way.unit.size, words, tuple(details))


def whole_of(way: Way) -> Part:
    """Return the whole way as the waterfall draws it."""
    return Part("Request to close", way.whole_seconds / way.unit.size, way.unit.print(way.whole_seconds))


def left_out(way: Way) -> str:
    """Say how the segments add up and what is not in them."""
    segments = way.found.segments
    running = sum(segment.running for segment in segments)
    cut_short = sum(segment.cut_short for segment in segments)
    absent = sum(segment.absent for segment in segments)
    parts = [
        f"n {formats.count(way.returns)} closed returns. The segments add up exactly to the whole; labels are rounded.",
        f"Where a return lacks a segment's milestone ({formats.count(absent)} in all), its time is in the next.",
        f"Left out: {formats.count(running)} returns still on their way, {formats.count(cut_short)} declined or "
        "cancelled.",
    ]
    if way.uncounted:
        parts.append(f"{formats.count(way.uncounted)} closed returns have no business calendar and are left out too.")
    return " ".join(parts)


def segment_frame(way: Way) -> pd.DataFrame:
    """Return the segments as a table in the unit of the clock."""
    unit, size = way.unit.long, way.unit.size
    columns: Mapping[str, list[object]] = {
        "Segment": [one.title for one in way.found.segments],
        f"Mean per closed return ({unit})": [round(way.seconds(one) / size, 3) for one in way.found.segments],
        "Share of the time": [None if (part := way.share(one)) is None else 100 * part for one in way.found.segments],
        f"Median ({unit})": [
            None if (median := way.median(one)) is None else round(median / size, 3) for one in way.found.segments
        ],
        "Returns that have it": [one.returns for one in way.found.segments],
        "Target (business hours)": [one.target_business_hours for one in way.found.segments],
        "Longer than the target": [one.over_target for one in way.found.segments],
        "Now in it": [one.running for one in way.found.segments],
    }
    return pd.DataFrame(columns)
