"""Good and bad spells of a roll-out: how much more units and their controls differ because each has weeks of its own.

What all units share in a week cancels in the gap between those that changed and their controls. What only some have,
such as the queue of one site, stays in it for weeks. It is read as in `proof.spells`, from the slowest waves of the
gaps, each a contrast in which no mean before or after a change has a part, and held against what returns of different
customers and weeks would bring if they were independent: the sum of squares of what each pair of both adds to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proof.figures import ratios
from proof.resample import FEWEST_WEEKS, Spread
from proof.spells import factor_and_freedom, waves_apart, waves_of
from proof.staggered import Flags, Stack

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
DAYS = 7


@dataclass(frozen=True)
class _Gaps:
    """By how much a group is off the same controls, week by week: `value`, and what `pull` each has on the effect.

    `size` is the denominator of the group in each `week`, counted from the first of any calendar. Item by item, `part`
    is what it adds to the gap at a `place` beyond what is expected of it; a `pair` is a cluster and a week.
    """

    value: Floats
    pull: Floats
    is_before: Flags
    size: Floats
    week: Whole
    place: Whole
    part: Floats
    pair: Whole


def rollout_spread(stacks: Sequence[Stack], sums: Sequence[Floats], clusters: int) -> Spread:
    """Return what the weeks add to an error of the overall effect that knows the clusters, of which there are so many.

    `sums` are those of each stack. With fewer than eight weeks nothing is added.
    """
    gaps = [gap for one, of_stack in zip(stacks, sums, strict=True) for gap in _gaps(one, of_stack)]
    weeks = np.concatenate([one.week for one in gaps]) if gaps else np.zeros(0)
    if np.unique(weeks).size < FEWEST_WEEKS or clusters < 2:
        return Spread(1.0, max(clusters - 1, 1))
    waves = _waves(gaps, weeks)
    found = np.concatenate([one.value for one in gaps]) @ waves
    noise = _noise(gaps, waves, np.unique(weeks).size)
    if not found.size or not (noise > 0).all():
        return Spread(1.0, clusters - 1)
    return Spread(*factor_and_freedom(float(np.mean(found**2 / noise)), found.size, clusters))


def _waves(gaps: Sequence[_Gaps], weeks: Floats) -> Floats:
    """Return contrasts between the gaps in which no mean has a part: gaps x waves."""
    which = np.repeat(np.arange(len(gaps)), [one.value.size for one in gaps])
    is_before, size, pull = (
        np.concatenate([vars(one)[name] for one in gaps]) for name in ("is_before", "size", "pull")
    )
    error = 1 / np.sqrt(size)
    means = np.stack([(which == at) & (is_before == side) for at in range(len(gaps)) for side in (True, False)], axis=1)
    place = (weeks - weeks.min() + 0.5) / (weeks.max() - weeks.min() + 1)
    waves = waves_apart(place, pull * error, means / error[:, None], waves_of(np.unique(weeks).size))
    contrasts: Floats = waves / error[:, None]
    return contrasts


def _noise(gaps: Sequence[_Gaps], waves: Floats, weeks: int) -> Floats:
    """Return the variance of each contrast if pairs of a cluster and a week were independent; `weeks` means are off."""
    starts = np.cumsum([0, *(one.value.size for one in gaps)])
    parts = [one.part[:, None] * waves[start + one.place] for one, start in zip(gaps, starts, strict=False)]
    _, pair = np.unique(np.concatenate([one.pair for one in gaps]), return_inverse=True)
    by_pair = np.stack([np.bincount(pair, part) for part in np.concatenate(parts).T], axis=1)
    noise: Floats = (by_pair**2).sum(axis=0) * len(by_pair) / max(1, len(by_pair) - weeks)
    return noise


def _gaps(one: Stack, sums: Floats) -> Iterator[_Gaps]:
    """Yield the gaps of a group to each set of controls, as `proof.staggered.against_controls` holds it to them."""
    sets, which = np.unique(one.controls(), axis=0, return_inverse=True)
    for number, members in enumerate(sets):
        control = sums[1:][members].sum(axis=0)
        gap = ratios(sums[0]) - ratios(control)
        is_used = np.isfinite(gap) & (one.is_before | (which.ravel() == number))
        size = np.where(is_used, sums[0, :, 1], 0.0)
        before, after = size[one.is_before].sum(), size[~one.is_before].sum()
        if before and after:
            yield _of_rows(one, sums, members, is_used, np.where(one.is_before, -size * after / before, size), gap)


def _of_rows(one: Stack, sums: Floats, members: Flags, is_used: Flags, pull: Floats, gap: Floats) -> _Gaps:
    is_own = one.columns == 0
    is_in = is_used[one.places] & (is_own | members[np.maximum(one.columns - 1, 0)])
    week = one.on.toordinal() // DAYS + one.weeks
    below = np.stack([sums[1:, :, 1][members].sum(axis=0), sums[0, :, 1]], axis=1)[one.places, is_own.astype(int)]
    part = np.where(is_own, 1.0, -1.0)[is_in] * _unexpected(one, sums)[is_in] / below[is_in]
    place = (np.cumsum(is_used) - 1)[one.places[is_in]]
    pair = one.rows.cluster[is_in] * (1 + int(week.max())) + week[one.places[is_in]]
    size = sums[0, is_used, 1]
    return _Gaps(gap[is_used], pull[is_used], one.is_before[is_used], size, week[is_used], place, part, pair)


def _unexpected(one: Stack, sums: Floats) -> Floats:
    """Return by how much each row is off the ratio of its column on its side of the change, and off all of its week."""
    sides = np.stack([sums[:, side].sum(axis=1) for side in (~one.is_before, one.is_before)], axis=1)
    expected = np.nan_to_num(ratios(sides))[one.columns, one.is_before[one.places].astype(int)]
    off = one.rows.numerator - expected * one.rows.denominator
    weekly = np.stack([np.bincount(one.places, part) for part in (off, one.rows.denominator)], axis=1).astype(float)
    found: Floats = off - np.nan_to_num(ratios(weekly))[one.places] * one.rows.denominator
    return found
