"""How a measure differs between the two sides, with its interval, its test, and what could have been seen at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, exp, isfinite, log

import numpy as np
from numpy.typing import NDArray

from mining.causes.intervals import Interval
from proof.figures import quantiles, ratios, superiority
from proof.measures import QUANTILES, Measure
from proof.resample import Draws, Estimate, Spread, drawn_error, estimate, weeks_spread
from proof.sums import AFTER, BEFORE, Bins, Sums, per_return, sums_of

Floats = NDArray[np.float64]
Rows = Mapping[tuple[str, str], Mapping[str, NDArray[np.generic]]]
FURTHEST_TOLD = 1_000.0


@dataclass(frozen=True)
class SideValue:
    """A measure on one side: its value (None when nothing was measured) and what is in it.

    `n` items are counted, `left_out` had to be left out; `coverage` (0..1) is the share with the stamps it needs,
    `clusters` how many independent units they belong to.
    """

    value: float | None
    n: int
    left_out: int
    coverage: float | None
    clusters: int


@dataclass(frozen=True)
class Effect:
    """What changed in a measure: after minus before, in its unit, and as a share of before.

    `quicker` is, for durations, by how much the chance that a return of after is quicker than one of before exceeds a
    half. `needed` is the number of items of after that it would take to tell a change of this size from none in 80 of
    100 cases.
    """

    measure: Measure
    before: SideValue
    after: SideValue
    change: Estimate | None = None
    relative: float | None = None
    relative_interval: Interval | None = None
    quicker: Estimate | None = None
    needed: int | None = None


def ratio_effect(measure: Measure, sums: Sums, draws: Draws) -> Effect:
    """Compare a mean, share or rate; `sums` are folded by weeks."""
    drawn = ratios(draws.of(sums.by_cluster(draws.clusters)))
    return _effect(measure, _sides(sums, ratios(sums.whole())), drawn, spread_of(sums, draws))


def quantile_effect(measure: Measure, below: Sums, values: tuple[float, float], bins: Bins, draws: Draws) -> Effect:
    """Compare a percentile, whose exact `values` of before and after are given.

    The bins tell how it moves with the clusters. The weeks widen its error as they do that of the share `below` it.
    Source: R. Woodruff, Confidence Intervals for Medians and Other Position Measures, JASA 47 (1952).
    """
    share = QUANTILES[measure.statistic]
    counted = [bins.by_cluster(draws.clusters, side) for side in (BEFORE, AFTER)]
    drawn = np.stack([quantiles(draws.of(one), bins.low, bins.high, share) for one in counted], axis=1)
    return _effect(measure, _sides(below, np.array(values)), drawn, spread_of(below, draws))


def quicker(bins: Bins, draws: Draws, spread: Spread) -> Estimate | None:
    """Return by how much the chance that a value of after lies below one of before exceeds a half."""
    counted = [bins.by_cluster(draws.clusters, side) for side in (BEFORE, AFTER)]
    value = float(superiority(*(one.sum(axis=0) for one in counted)) - 0.5)
    error = drawn_error(superiority(*(draws.of(one) for one in counted)), draws.clusters)
    return None if error is None else estimate(value, error * spread.factor, spread.freedom)


def spread_of(sums: Sums, draws: Draws) -> Spread:
    """Return what the weeks add to the error of a ratio; `sums` are folded by weeks."""
    weeks = int(sums.fold.max(initial=0)) + 1
    clusters = min(_clusters(sums, BEFORE), _clusters(sums, AFTER))
    by_cluster = sums.by_cluster(draws.clusters)
    if clusters < 2 or not (by_cluster.sum(axis=0)[:, 1] > 0).all():
        return Spread(1.0, max(clusters - 1, 1))
    return weeks_spread(sums.by_fold(weeks), sums.by_both(), by_cluster, clusters)


def sums_of_measure(measure: Measure, rows: Rows) -> Sums | None:
    """Return the sums behind a measure, None when neither side has an item of it."""
    found = rows.get((measure.kpi, measure.part))
    if found is None or ("returns", "") not in rows:
        return None
    if measure.is_per_return:
        return per_return(found, rows["returns", ""], "n" if measure.statistic == "count" else "total")
    if measure.statistic == "ratio":
        return sums_of(found, "numerator", "denominator")
    return sums_of(found, "total", "n")


def _sides(sums: Sums, values: Floats) -> tuple[SideValue, SideValue]:
    before, after = (_side(sums, float(values[side]), side) for side in (BEFORE, AFTER))
    return before, after


def _side(sums: Sums, value: float, side: int) -> SideValue:
    n, left_out, lacking = (int(count) for count in sums.counts[side])
    coverage = 1 - lacking / (n + left_out) if n + left_out else None
    return SideValue(value if isfinite(value) else None, n, left_out, coverage, _clusters(sums, side))


def _clusters(sums: Sums, side: int) -> int:
    has_items = (sums.side == side) & ((sums.denominator > 0) | (sums.numerator != 0))
    return int(np.unique(sums.cluster[has_items]).size)


def _effect(measure: Measure, sides: tuple[SideValue, SideValue], drawn: Floats, spread: Spread) -> Effect:
    before, after = sides
    if before.value is None or after.value is None:
        return Effect(measure, before, after)
    clusters = min(before.clusters, after.clusters)
    error = drawn_error(drawn[:, AFTER] - drawn[:, BEFORE], clusters)
    if error is None:
        return Effect(measure, before, after)
    change = estimate(after.value - before.value, error * spread.factor, spread.freedom)
    relative = after.value / before.value - 1 if before.value else None
    interval = _relative_interval(before.value, after.value, drawn, clusters, spread)
    return Effect(measure, before, after, change, relative, interval, None, _needed(change, after.n))


def _relative_interval(before: float, after: float, drawn: Floats, clusters: int, spread: Spread) -> Interval | None:
    """Return the interval of after over before, less one: on the scale of logarithms, so that it stays above -1.

    One that reaches a thousandfold either way says nothing and is not told.
    """
    if before <= 0 or after <= 0:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        error = drawn_error(np.log(drawn[:, AFTER] / drawn[:, BEFORE]), clusters)
    if error is None or (reach := spread.reach * error) > log(FURTHEST_TOLD):
        return None
    middle = log(after / before)
    return exp(middle - reach) - 1, exp(middle + reach) - 1


def _needed(change: Estimate, n: int) -> int | None:
    if not change.value or not change.error:
        return None
    needed = n * (change.detectable / change.value) ** 2
    return ceil(needed) if needed < 1e12 else None
