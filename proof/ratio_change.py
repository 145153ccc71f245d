"""The change of a mean or share from one side to the other, with what clusters and weeks leave in doubt."""

from __future__ import annotations

from dataclasses import replace
from math import isclose

import numpy as np

from proof.effects import spread_of
from proof.figures import ratios
from proof.resample import Draws, Estimate, drawn_error, estimate, linearised_error
from proof.sums import AFTER, BEFORE, Sums


def ratio_change(sums: Sums, draws: Draws, exact: float | None = None) -> Estimate | None:
    """Return after minus before of a ratio of sums that is folded by weeks; None when its error cannot be had.

    `exact` stands for the change where it is known more exactly than by sums of floats. Sources: see `proof.resample`.
    """
    values = ratios(sums.whole())
    drawn = ratios(draws.of(sums.by_cluster(draws.clusters)))
    clusters = fewest_clusters(sums)
    error = drawn_error(drawn[:, AFTER] - drawn[:, BEFORE], clusters)
    if error is None:
        return None
    spread = spread_of(sums, draws)
    change = float(values[AFTER] - values[BEFORE]) if exact is None else exact
    return estimate(change, error * spread.factor, spread.freedom)


def linear_change(sums: Sums, draws: Draws) -> Estimate | None:
    """Return the same without drawing, for hundreds of ratios; None with fewer than two clusters on a side."""
    if fewest_clusters(sums) < 2:
        return None
    before, after = (float(value) for value in ratios(sums.whole()))
    spread = spread_of(sums, draws)
    error = linearised_error(sums.by_cluster(draws.clusters))
    # Equal values differ in their last digits by the order in which they were summed.
    change = 0.0 if isclose(before, after, rel_tol=1e-9) else after - before
    return estimate(change, error * spread.factor, spread.freedom)


def fewest_clusters(sums: Sums) -> int:
    """Return how many clusters have any of a ratio, on the side where they are fewer."""
    sides = (sums.cluster[(sums.side == side) & (sums.denominator > 0)] for side in (BEFORE, AFTER))
    return min(int(np.unique(clusters).size) for clusters in sides)


def over(part: Sums, whole: Sums) -> Sums:
    """Return the numerators of one over the denominators of another, e.g. days in a segment per return."""
    return replace(
        whole,
        side=np.concatenate([part.side, whole.side]),
        cluster=np.concatenate([part.cluster, whole.cluster]),
        fold=np.concatenate([part.fold, whole.fold]),
        numerator=np.concatenate([part.numerator, np.zeros(whole.side.size)]),
        denominator=np.concatenate([np.zeros(part.side.size), whole.denominator]),
    )
