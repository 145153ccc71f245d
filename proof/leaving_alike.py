"""Returns that leave, weighed so that after has the make-up of before: curves that other returns do not move.

Each return counts by its weight among those under way and among those that end. The weights are those of
`proof.raking`, of the returns themselves, which every curve starts from.

Source: J. Xie and C. Liu, Adjusted Kaplan-Meier Estimator and Log-Rank Test with Inverse Probability of Treatment
Weighting for Survival Data, Statistics in Medicine 24 (2005), for the weighted curve and the weighted log-rank sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proof.leaving import Departures, Leaving
from proof.mix import MOST_DRAWS
from proof.raking import Weights, weigh
from proof.resample import Draws
from proof.sums import AFTER

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class LeavingAlike:
    """The counts of both sides with the make-up of before, and of every draw; what is in flight counts nothing.

    `common` (0..1) is the share of before that has its like in after; what has none counts nothing either.
    """

    moments: Leaving
    drawn: Leaving
    common: float


def leaving_alike(exact: Departures, by_day: Departures, codes: Whole, draws: Draws) -> LeavingAlike:
    """Make the sides alike; `by_day` are the `exact` departures by day, `codes` the levels of cells x attributes."""
    cells, cell = np.unique(exact.cell, return_inverse=True)
    some = draws.weights[:MOST_DRAWS]
    mass = _mass(exact, cell, (draws.clusters, cells.size))
    whole = weigh(mass.sum(axis=0)[None], codes[cells])
    drawn_mass = (some @ mass.reshape(draws.clusters, -1)).reshape(len(some), cells.size, 2)
    alike = _by_side(weigh(drawn_mass, codes[cells]))
    told = [
        by_day.counted(by_day.n * clusters[by_day.cluster] * of_draw[cell, by_day.cohort])
        for clusters, of_draw in zip(some, alike, strict=True)
    ]
    return LeavingAlike(
        exact.counted(exact.n * _by_side(whole)[0, cell, exact.cohort]),
        Leaving(by_day.days, np.stack([one.ends for one in told]), np.stack([one.censored for one in told])),
        float(np.nan_to_num(whole.common[0])),
    )


def _mass(exact: Departures, cell: Whole, shape: tuple[int, int]) -> Floats:
    """Return how many returns there are: clusters x cells x sides."""
    is_side = exact.cohort <= AFTER
    at = np.ravel_multi_index((exact.cluster[is_side], cell[is_side], exact.cohort[is_side]), (*shape, 2))
    return np.bincount(at, exact.n[is_side], 2 * shape[0] * shape[1]).astype(float).reshape(*shape, 2)


def _by_side(weights: Weights) -> Floats:
    """Return draws x cells x cohorts; a cohort that is no side has no weight."""
    return np.stack([weights.before, weights.after, np.zeros_like(weights.after)], axis=-1)
