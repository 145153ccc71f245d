"""What a KPI value is made of: the segment of the way that takes most of it, and the group that weighs most on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from pipeline.kpis import GROUPS
from pipeline.macros import Connection, render

LEAST_ITEMS = 20
LEAST_EXCESS = 0.05
LEAST_CERTAINTY = 3.0
UNNAMED = ("", "missing", "unmapped")
SLICES = (*((name, key) for name, key in GROUPS.items() if name != "month"), ("part", "coalesce(kpi_part, '')"))
_BEGINS = {
    "cycle_time_days": "requested_micros",
    "credit_lag_days": "received_micros",
    "decision_to_credit_days": "decided_micros",
}


@dataclass(frozen=True)
class Moments:
    """Sums over the counted items of a group: what each adds to what the KPI should have less of, and its weight.

    The burden is a duration or amount, the numerator of a share that should be low, or the denominator less the
    numerator of one that should be high; the weight is the denominator of a share, 1 elsewhere. `slice` and `group`
    are None for the whole.
    """

    slice: str | None
    group: str | None
    n: int
    burden: float
    weight: float
    burden_squares: float
    products: float
    weight_squares: float


@dataclass(frozen=True)
class Spent:
    """Business days (and their squares) that items spend in a segment; `slice` and `group` are None for the whole."""

    segment: str
    slice: str | None
    group: str | None
    days: float
    squares: float


@dataclass(frozen=True)
class Contribution:
    """A group of a slice with `n` items that holds `share` of the burden, though only `base` of the weight."""

    slice: str
    group: str
    n: int
    share: float
    base: float


@dataclass(frozen=True)
class Driver:
    """What a value is made of: the segment with the largest share of a duration (None elsewhere), and who weighs on it.

    `group` is about the days in that segment, or, when no group stands out there or there is no segment, about the
    whole value (`is_of_segment` tells); None when none stands out at all.
    """

    segment: str | None
    segment_share: float | None
    group: Contribution | None
    is_of_segment: bool = False


def kpi_driver(
    con: Connection,
    kpi: str,
    part: str | None,
    statistic: str,
    better: str,
    start: date | None = None,
    end: date | None = None,
    entities: list[str] | None = None,
) -> Driver | None:
    """Say what a measure is made of in a scope (see `pipeline.kpis.kpi_rows`); None of under 20 items, or of a count.

    `better` is ``lower`` or ``higher``. What a duration spends in a segment is exact on the business clock of each
    return; what it spends outside of request to close belongs to no segment.
    """
    if statistic == "count":
        return None
    bound = {"kpi": kpi, "part": part, "start": start, "end": end, "entities": entities}
    query = render("kpi_moments", statistic=statistic, better=better, slices=SLICES)
    moments = [Moments(*row) for row in con.execute(query, bound).fetchall()]
    if kpi not in _BEGINS:
        return driver(moments)
    query = render("kpi_time_parts", from_column=_BEGINS[kpi], slices=SLICES)
    return driver(moments, [Spent(*row) for row in con.execute(query, bound).fetchall()])


def driver(moments: Sequence[Moments], spent: Sequence[Spent] = ()) -> Driver | None:
    """Find what weighs most in these sums; None of fewer than 20 items, or of nothing."""
    [whole] = [one for one in moments if one.slice is None]
    if whole.n < LEAST_ITEMS or whole.burden <= 0:
        return None
    segments = [one for one in spent if one.slice is None and one.days > 0]
    if not segments:
        return Driver(None, None, leading_group(moments))
    longest = max(segments, key=lambda one: one.days)
    inside = leading_group(within(longest.segment, moments, spent))
    return Driver(longest.segment, longest.days / whole.burden, inside or leading_group(moments), inside is not None)


def within(segment: str, moments: Sequence[Moments], spent: Sequence[Spent]) -> list[Moments]:
    """Return the moments of the same items, with the days in one segment as their burden."""
    found = {(one.slice, one.group): one for one in spent if one.segment == segment}
    return [
        Moments(one.slice, one.group, one.n, days.days, one.n, days.squares, days.days, one.n)
        for one in moments
        if (days := found.get((one.slice, one.group)))
    ]


def leading_group(moments: Sequence[Moments]) -> Contribution | None:
    """Return the named group that holds most more of the burden than of the weight; None when none stands out.

    To stand out takes 20 items, 5 points more of the burden than of the weight, and an excess of three standard errors
    (linearised ratio: W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 6.3; three for the many that compete).
    """
    [whole] = [one for one in moments if one.slice is None]
    candidates = [
        Contribution(one.slice, one.group, one.n, one.burden / whole.burden, one.weight / whole.weight)
        for one in moments
        if one.slice and one.group not in UNNAMED and one.group and one.n >= LEAST_ITEMS and _stands_out(one, whole)
    ]
    return max(candidates, key=lambda one: (one.share - one.base, one.slice, one.group), default=None)


def _stands_out(group: Moments, whole: Moments) -> bool:
    """Whether a group holds clearly more of the burden than of the weight."""
    base, rate = group.weight / whole.weight, whole.burden / whole.weight
    if group.burden / whole.burden - base < LEAST_EXCESS:
        return False
    inside, everywhere = _residual_squares(group, rate), _residual_squares(whole, rate)
    spread = sqrt((1 - base) ** 2 * inside + base**2 * max(everywhere - inside, 0.0))
    return group.burden - rate * group.weight >= LEAST_CERTAINTY * spread


def _residual_squares(one: Moments, rate: float) -> float:
    return max(one.burden_squares - 2 * rate * one.products + rate**2 * one.weight_squares, 0.0)
