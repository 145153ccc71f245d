"""The difference in differences of one measure: its error, its periods, and what it finds where nothing changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from proof.measures import Measure
from proof.resample import Draws, Estimate, Spread, drawn_error, estimate
from proof.rollout_spells import rollout_spread
from proof.rollout_sums import UnitChange
from proof.staggered import AFTER, Rows, Stack, effects, placebo, stack

Floats = NDArray[np.float64]
FEWEST_DRIFT_WEEKS = 4


@dataclass(frozen=True)
class Relative:
    """The effect in one period from the change: 0 is the first after it, -1 the last before; `n` is what it rests on.

    `n` is the denominator of the units that changed: items, or what a ratio is of.
    """

    period: int
    effect: Estimate
    n: float


@dataclass(frozen=True)
class GroupTime:
    """The effect on the units that changed on one day, in one period from it."""

    changed_on: date
    period: int
    effect: float
    n: float


@dataclass(frozen=True)
class Placebo:
    """The effect had every change come so many weeks earlier than it did, from weeks before the true change alone."""

    weeks_earlier: int
    effect: float


@dataclass(frozen=True)
class Difference:
    """What the roll-out did to a measure, in its unit: the difference in differences.

    `overall` is the effect on all items of units after their change, each with the same weight, None where nobody is
    left to compare with; `uncompared` of them came when nobody was. `periods` are `period_weeks` weeks each.
    `drift` is by how much units and controls ran apart a week before the change, `pre_trend` the p-value that they ran
    alike in all periods before. `words` say what this rests on.
    """

    measure: Measure
    overall: Estimate | None
    uncompared: float
    period_weeks: int
    periods: tuple[Relative, ...]
    group_times: tuple[GroupTime, ...]
    drift: Estimate | None
    pre_trend: float | None
    placebos: tuple[Placebo, ...]
    units: tuple[UnitChange, ...]
    words: tuple[str, ...] = ()


def difference(
    measure: Measure, groups: Sequence[tuple[date, Rows]], weeks: int, draws: Draws, units: tuple[UnitChange, ...]
) -> Difference:
    """Return the difference in differences of a measure from the rows around the change of each group."""
    stacks = [stack(on, rows) for on, rows in groups if rows.is_told]
    if not stacks:
        return Difference(measure, None, 0.0, weeks, (), (), None, None, (), units)
    by_cluster = [one.sums(draws.clusters) for one in stacks]
    sums = [one.sum(axis=0) for one in by_cluster]
    periods = sorted({int(week) // weeks for one in stacks for week in one.weeks})
    clusters = _clusters(stacks)
    spread = rollout_spread(stacks, sums, clusters)
    told = _Told(stacks, sums, [draws.of(one) for one in by_cluster], clusters, spread)
    [(overall, compared)] = told.of([AFTER])
    treated = sum(float(one[0, ~own.is_before, 1].sum()) for own, one in zip(stacks, sums, strict=True))
    spans = {period: range(period * weeks, (period + 1) * weeks) for period in periods}
    by_period = zip(periods, told.of(list(spans.values())), strict=True)
    return Difference(
        measure,
        overall,
        treated - compared,
        weeks,
        tuple(Relative(period, one, n) for period, (one, n) in by_period if one is not None),
        _group_times(stacks, sums, spans),
        told.drift(),
        told.pre_trend([span for period, span in spans.items() if period < 0]),
        _placebos(stacks, sums),
        units,
    )


@dataclass(frozen=True)
class _Told:
    """The sums of each stack, those of every draw, how many clusters there are, and what the weeks add to the error.

    Whether units and controls ran apart before is asked of an error that knows the clusters alone: that they did for
    weeks is what is looked for, and no chance to allow for.
    """

    stacks: Sequence[Stack]
    sums: Sequence[Floats]
    drawn: Sequence[Floats]
    clusters: int
    spread: Spread

    def of(self, spans: Sequence[range]) -> list[tuple[Estimate | None, float]]:
        """Return the effect in each span of weeks with what it rests on."""
        found, sizes = effects(self.stacks, self.sums, spans)
        drawn, _ = effects(self.stacks, self.drawn, spans)
        return [
            (self._estimate(float(value), drawn[:, place], self.spread), float(sizes[place]))
            for place, value in enumerate(found)
        ]

    def drift(self) -> Estimate | None:
        """Return by how much units and controls ran apart a week before the change: the slope of a weighted line."""
        weeks = sorted({int(week) for one in self.stacks for week in one.weeks[one.is_before]})
        spans = [range(week, week + 1) for week in weeks]
        found, sizes = effects(self.stacks, self.sums, spans)
        if np.count_nonzero(sizes) < FEWEST_DRIFT_WEEKS:
            return None
        place = np.array(weeks) - float(sizes @ np.array(weeks)) / sizes.sum()
        slope = sizes * place / float(sizes @ place**2)
        drawn = np.nan_to_num(effects(self.stacks, self.drawn, spans)[0])
        alone = Spread(1.0, self.clusters - 1)
        return self._estimate(float(slope @ np.nan_to_num(found)), drawn @ slope, alone)

    def pre_trend(self, spans: Sequence[range]) -> float | None:
        """Return the p-value that no span before the change has an effect.

        They are off their own mean, so one says nothing new and is left out. Source: H. Hotelling, The Generalization
        of Student's Ratio, Annals of Mathematical Statistics 2 (1931).
        """
        found, sizes = effects(self.stacks, self.sums, spans)
        drawn, _ = effects(self.stacks, self.drawn, spans)
        is_told = np.isfinite(found) & np.isfinite(drawn).all(axis=0)
        chosen = [place for place in np.argsort(sizes, kind="stable") if is_told[place]][:-1]
        freedom = self.clusters - len(chosen)
        if not chosen or freedom < 1:
            return None
        covariance = np.atleast_2d(np.cov(drawn[:, chosen], rowvar=False)) * self.clusters / (self.clusters - 1)
        distance = float(found[chosen] @ np.linalg.pinv(covariance) @ found[chosen])
        share = distance * freedom / ((self.clusters - 1) * len(chosen))
        return float(stats.f.sf(share, len(chosen), freedom))

    def _estimate(self, value: float, drawn: Floats, spread: Spread) -> Estimate | None:
        error = drawn_error(drawn, self.clusters)
        if error is None or not np.isfinite(value):
            return None
        return estimate(value, error * spread.factor, spread.freedom)


def _clusters(stacks: Sequence[Stack]) -> int:
    """Return how many clusters the smaller of the two has: those that change, or their controls."""
    is_own = [one.rows.untouched < 0 for one in stacks]
    sides = ([one.rows.cluster[own == side] for one, own in zip(stacks, is_own, strict=True)] for side in (True, False))
    return min(np.unique(np.concatenate(side)).size for side in sides)


def _group_times(stacks: Sequence[Stack], sums: Sequence[Floats], spans: Mapping[int, range]) -> tuple[GroupTime, ...]:
    found = []
    for one, of_stack in zip(stacks, sums, strict=True):
        values, sizes = effects([one], [of_stack], list(spans.values()))
        told = zip(spans, values.tolist(), sizes.tolist(), strict=True)
        found += [GroupTime(one.on, period, value, n) for period, value, n in told if n]
    return tuple(found)


def _placebos(stacks: Sequence[Stack], sums: Sequence[Floats]) -> tuple[Placebo, ...]:
    length = max(int(one.weeks.max()) + 1 for one in stacks)
    first = min(int(one.weeks.min()) for one in stacks)
    found = ((cut, placebo(stacks, sums, cut, length)) for cut in range(first, 0))
    return tuple(Placebo(-cut, effect) for cut, effect in found if effect is not None)
