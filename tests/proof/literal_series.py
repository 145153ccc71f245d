"""A literal weekly series: values of weeks before and after a cut-over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from proof.measures import Measure
from proof.weekly import Series, Week

CUT_OVER = date(2025, 3, 3)


def series_of(
    before: Sequence[float],
    after: Sequence[float],
    n: int | Sequence[int] = 10,
    unit: str = "business days",
    between: int = 0,
) -> Series:
    """Return weeks of `n` items each; the last `between` weeks of before stand in between."""
    measure = Measure(
        "cycle_time_days.mean", "cycle_time_days", "", "mean", "Cycle time", unit, "flow", "lower", "close"
    )
    values = [*before, *after]
    sizes = [n] * len(values) if isinstance(n, int) else list(n)
    weeks = []
    for number, (value, size) in enumerate(zip(values, sizes, strict=True), -len(before)):
        phase = "after" if number >= 0 else "in between" if number >= -between else "before"
        weeks.append(Week(number, CUT_OVER + timedelta(weeks=number), phase, value * size, size, size))
    return Series(measure, tuple(weeks), ())
