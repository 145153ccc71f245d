"""What most people would do: closed returns by when they closed, plain means, Welch's t. For comparison only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pipeline.macros import Connection
from proof.question import Question, Side

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Naive:
    """The plain difference of means of what closed in each window, its 95 % interval and p-value."""

    change: float
    interval: tuple[float, float]
    p_value: float


def naive_of(before: Floats, after: Floats) -> Naive | None:
    """Return the naive difference of the values that closed in two windows, None with fewer than two on a side."""
    if min(before.size, after.size) < 2:
        return None
    tested = stats.ttest_ind(after, before, equal_var=False)
    low, high = tested.confidence_interval(0.95)
    return Naive(float(after.mean() - before.mean()), (float(low), float(high)), float(tested.pvalue))


def naive(con: Connection, question: Question, kpi: str) -> Naive | None:
    """Return the naive difference of a duration or share of the warehouse that `con` reads."""
    return naive_of(*(_values(con, side, kpi) for side in (question.before, question.after)))


def _values(con: Connection, side: Side, kpi: str) -> Floats:
    rows = con.execute(
        "select coalesce(value, numerator) from marts.kpi_items "
        "where kpi = ? and left_out_reason is null and anchor_at >= ? and anchor_at < ?",
        [kpi, side.start, side.end],
    ).fetchall()
    return np.array([float(value) for (value,) in rows])
