"""Differences in differences for units that change on different days, told from sums.

Each group of units that changed on one day is held against the units that are untouched for the same weeks: those
that never change, and those whose change comes later than their returns could run. The difference in a period, less
the mean difference over the periods before the change, is the effect on that group in that period.

Source: B. Callaway and P. Sant'Anna, Difference-in-Differences with Multiple Time Periods, Journal of Econometrics 225
(2021): group-time effects with not-yet-treated controls, repeated cross sections and no covariates, weighted together
by what is treated. Their base is the last period before; here it is all weeks before, each with the weight that the
group has in it, as in K. Borusyak, X. Jaravel and J. Spiess, Revisiting Event-Study Designs, Review of Economic Studies
91 (2024): a week alone is too few returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from proof.figures import ratios

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
FEWEST_PLACEBO_WEEKS = 4
AFTER = range(10_000)


@dataclass(frozen=True)
class Rows:
    """Sums around the change of one group: one row per column, week from the change and cluster.

    `untouched` is how many weeks after the change the units of a row are untouched, -1 for the group itself.
    """

    untouched: Whole
    week: Whole
    cluster: Whole
    numerator: Floats
    denominator: Floats

    @property
    def is_told(self) -> bool:
        """Whether the group and others have returns before the change, and the group after it."""
        is_own = self.untouched < 0
        return bool((is_own & (self.week < 0)).any() and (is_own & (self.week >= 0)).any() and (~is_own).any())


@dataclass(frozen=True)
class Stack:
    """One group and its controls, week by week from the day of the change.

    `columns` says to which column each row belongs: 0 the group, then controls by how long they are `untouched`;
    `places` to which of the `weeks`.
    """

    on: date
    rows: Rows
    columns: Whole
    places: Whole
    untouched: Whole
    weeks: Whole

    @property
    def is_before(self) -> Flags:
        """Which weeks end before the change."""
        return self.weeks < 0

    def controls(self) -> Flags:
        """Return weeks x controls: which are untouched to the end of a week; before, of the first one after."""
        first = int(self.weeks[~self.is_before].min())
        return self.untouched[None, :] > np.maximum(self.weeks, first)[:, None]

    def sums(self, clusters: int) -> Floats:
        """Return an array of clusters x columns x weeks x (numerator, denominator)."""
        columns, weeks = self.untouched.size + 1, self.weeks.size
        at = (self.rows.cluster * columns + self.columns) * weeks + self.places
        size = clusters * columns * weeks
        parts = [np.bincount(at, part, size) for part in (self.rows.numerator, self.rows.denominator)]
        return np.stack(parts, axis=1).astype(float).reshape(clusters, columns, weeks, 2)


def stack(on: date, rows: Rows) -> Stack:
    """Lay out rows by columns and weeks."""
    untouched = np.unique(rows.untouched[rows.untouched >= 0])
    columns = np.where(rows.untouched < 0, 0, np.searchsorted(untouched, rows.untouched) + 1)
    weeks, places = np.unique(rows.week, return_inverse=True)
    return Stack(on, rows, columns.astype(np.int64), places.astype(np.int64), untouched, weeks)


def against_controls(sums: Floats, controls: Flags, base: Flags) -> Floats:
    """Return by how much the group is off its controls in each week, less the mean of that over the `base` weeks.

    `sums` is ... x columns x weeks x (numerator, denominator), `controls` weeks x controls. The mean gives each week
    the weight that the group has in it. Not a number where one of them has nothing.
    """
    group = sums[..., 0, :, :]
    found = np.full(group.shape[:-1], np.nan)
    sets, which = np.unique(controls, axis=0, return_inverse=True)
    for number, members in enumerate(sets):
        gap = ratios(group) - ratios(sums[..., 1:, :, :][..., members, :, :].sum(axis=-3))
        weights = np.where(np.isfinite(gap) & base, group[..., 1], 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            middle = (weights * np.nan_to_num(gap)).sum(axis=-1) / weights.sum(axis=-1)
        at = which.ravel() == number
        found[..., at] = gap[..., at] - middle[..., None]
    return found


def effects(stacks: Sequence[Stack], sums: Sequence[Floats], spans: Sequence[range]) -> tuple[Floats, Floats]:
    """Return the effect in each span of weeks from the change, and the denominator of what it rests on; spans are last.

    `sums` are those of each stack. Groups and weeks have the weight of what is treated in them.
    """
    total: Floats = np.zeros(len(spans))
    weight: Floats = np.zeros(len(spans))
    for one, of_stack in zip(stacks, sums, strict=True):
        found = against_controls(of_stack, one.controls(), one.is_before)
        sizes = np.where(np.isfinite(found), of_stack[..., 0, :, 1], 0.0)
        chosen = np.array([[float(week in span) for span in spans] for week in one.weeks.tolist()])
        total = total + (np.nan_to_num(found) * sizes) @ chosen
        weight = weight + sizes @ chosen
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weight > 0, total / weight, np.nan), weight


def placebo(stacks: Sequence[Stack], sums: Sequence[Floats], cut: int, length: int) -> float | None:
    """Return the effect when every change is said to come in the week `cut` (negative), over `length` weeks from there.

    Only weeks before the true change are taken. A group needs four weeks on each side; None where none has them.
    """
    total = weight = 0.0
    for one, of_stack in zip(stacks, sums, strict=True):
        found = against_controls(of_stack, one.controls(), one.weeks < cut)
        is_found = np.isfinite(found) & one.is_before
        is_told = is_found & (one.weeks >= cut) & (one.weeks < cut + length)
        if min(np.count_nonzero(is_found & (one.weeks < cut)), np.count_nonzero(is_told)) < FEWEST_PLACEBO_WEEKS:
            continue
        sizes = of_stack[0, is_told, 1]
        total += float(found[is_told] @ sizes)
        weight += float(sizes.sum())
    return total / weight if weight else None
