"""Control charts of weekly values: does a week differ from what the weeks of before bring by themselves?

The limits are those of individuals and their moving ranges: mean +- 2.66 x mean moving range, and 3.268 x mean moving
range for the ranges. Sources: W. Shewhart, Economic Control of Quality of Manufactured Product (1931); D. Wheeler,
Understanding Variation (1993), the limits in chapter 3; a run of eight after the Western Electric Statistical Quality
Control Handbook (1956).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from statistics import fmean, median
from typing import Literal

from pipeline import formats
from proof.measures import Measure
from proof.weekly import Phase, Series, Week

INDIVIDUALS, RANGES = 2.66, 3.268
RUN = 8
FEWEST_WEEKS = 8

Signal = Literal["beyond the limits", "run on one side"]


@dataclass(frozen=True)
class Point:
    """A week on the chart: its value, the range to the week with a value before it, and what it signals, if anything.

    A week is thin when it has less than half of the `n` items that a week usually has.
    """

    start: date
    phase: Phase
    value: float
    n: int
    moving_range: float | None
    signals: tuple[Signal, ...]
    is_thin: bool


@dataclass(frozen=True)
class ControlChart:
    """A measure week by week within the limits of before, in its unit; None where there are too few weeks for limits.

    `low` and `high` are the limits of single weeks around the `centre`, `range_high` that of the moving ranges.
    `words` say what the limits rest on.
    """

    measure: Measure
    centre: float | None
    low: float | None
    high: float | None
    range_high: float | None
    points: tuple[Point, ...]
    words: tuple[str, ...]


def control_chart(series: Series) -> ControlChart:
    """Return the control chart of a weekly series; its limits come from the weeks of before alone."""
    before = [week.value for week in series.of("before") if week.value is not None]
    weeks = series.of("before", "in between", "after")
    if len(before) < FEWEST_WEEKS:
        reason = f"Before has {len(before)} whole weeks; limits need {FEWEST_WEEKS}."
        return ControlChart(series.measure, None, None, None, None, _points(weeks, None), (reason,))
    centre = fmean(before)
    spread = fmean(abs(later - earlier) for earlier, later in pairwise(before))
    reach = INDIVIDUALS * spread
    low, high = _within(series, before, centre - reach, centre + reach)
    points = _points(weeks, (low, centre, high))
    words = _words(weeks, len(before), points)
    return ControlChart(series.measure, centre, low, high, RANGES * spread, points, words)


def _within(series: Series, before: Sequence[float], low: float, high: float) -> tuple[float, float]:
    """Keep limits to what a measure can be: hardly any falls below 0, and a share ends at 1."""
    is_share = series.measure.unit == "share" and max(before) <= 1
    return max(0.0, low) if min(before) >= 0 else low, min(1.0, high) if is_share else high


def _points(weeks: Sequence[Week], limits: tuple[float, float, float] | None) -> tuple[Point, ...]:
    values = [week.value or 0.0 for week in weeks]
    usual = median(week.n for week in weeks) if weeks else 0.0
    ranges = [None, *(abs(later - earlier) for earlier, later in pairwise(values))]
    runs = _runs(values, limits[1]) if limits else [False] * len(values)
    return tuple(
        Point(week.start, week.phase, value, week.n, moved, _signals(value, limits, is_run), week.n < usual / 2)
        for week, value, moved, is_run in zip(weeks, values, ranges, runs, strict=False)
    )


def _signals(value: float, limits: tuple[float, float, float] | None, is_run: bool) -> tuple[Signal, ...]:
    signals: list[Signal] = ["run on one side"] if is_run else []
    if limits is not None and not limits[0] <= value <= limits[2]:
        signals.insert(0, "beyond the limits")
    return tuple(signals)


def _runs(values: Sequence[float], centre: float) -> list[bool]:
    """Return for each value whether it belongs to eight or more in a row on one side of the centre."""
    sides = [(value > centre) - (value < centre) for value in values]
    found: list[bool] = []
    for side, members in groupby(sides):
        length = len(list(members))
        found += [side != 0 and length >= RUN] * length
    return found


def _words(weeks: Sequence[Week], before: int, points: Sequence[Point]) -> tuple[str, ...]:
    least, most = min(week.n for week in weeks), max(week.n for week in weeks)
    told = [f"The limits come from {before} weeks of before."]
    if most > least:
        told.append(
            f"They are the same for weeks of {formats.count(least)} items and of {formats.count(most)}: "
            "a week with fewer items scatters more, and may leave them by chance."
        )
    if thin := sum(point.is_thin and bool(point.signals) for point in points):
        told.append(f"{formats.count(thin)} of the signals stand on less than half of the usual items.")
    return tuple(told)
