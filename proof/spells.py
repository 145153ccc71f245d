"""Good and bad spells: how much more two windows differ by chance because queues are long or short for weeks.

Returns of the same weeks are alike where a queue is long or short for all of them. How alike they are is read from the
slowest waves that the weeks show besides the difference itself: each is a contrast between weeks in which neither mean
has a part. If weeks are all alike, each is as large as the items let expect; if they come in waves, each is as much
larger as the difference is. A few waves say so roughly, and the interval has Student's t with as many degrees of
freedom as there are waves: so it holds the truth about as often as it says whether there are spells or not, as long as
those spells are shorter than the windows.

How many waves is 0.4 (weeks)^(2/3), rounded up, and never fewer than three. An interval never becomes narrower than the
80 % interval that knows the clusters alone: a few waves that happen to be flat are no reason to be sure.

Sources: U. Müller, A Theory of Robust Long-Run Variance Estimation, Journal of Econometrics 141 (2007), for waves that
lie apart from what is tested; E. Lazarus, D. Lewis, J. Stock and M. Watson, HAR Inference: Recommendations for
Practice, Journal of Business & Economic Statistics 36 (2018), for their number and Student's t.
"""

from __future__ import annotations

from math import ceil, pow, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
FEWEST_WAVES = 3
TAIL, TAIL_OF_CLUSTERS = 0.025, 0.1
NOTHING = 1e-9


def waves_of(weeks: int) -> int:
    """Return from how many waves the spells of so many weeks are read."""
    return max(FEWEST_WAVES, ceil(0.4 * pow(weeks, 2 / 3)))


def widening(sums: Floats, noise: Floats) -> tuple[float, int]:
    """Return by what factor the weeks widen the variance of a difference of two ratios, and from how many waves.

    `sums` are weeks x sides x (numerator, denominator), in order and without a gap; `noise` is the variance that each
    side's ratio would have from independent items, in the square of its unit. What both sides share in a week cancels.
    """
    whole = sums.sum(axis=0)
    week, side = np.nonzero(sums[..., 1] > 0)
    items = sums[week, side, 1]
    error = np.sqrt(noise[side] * whole[side, 1] / items)
    off = (sums[week, side, 0] / items - (whole[:, 0] / whole[:, 1])[side]) / error
    means = np.stack([side == 0, side == 1], axis=1) / error[:, None]
    pull = np.where(side == 1, 1.0, -1.0) * items / whole[side, 1] * error
    apart = waves_apart((week + 0.5) / len(sums), pull, means, waves_of(np.unique(week).size))
    waves = apart.shape[1]
    return float(np.sum((apart.T @ off) ** 2)) / max(waves, 1), waves


def factor_and_freedom(found: float, waves: int, clusters: int) -> tuple[float, float]:
    """Return by what factor an error grows that only knows the clusters, and the degrees of freedom then.

    `found` is the factor of its variance, read from so many `waves`.
    """
    freedom = min(waves, clusters - 1)
    of_clusters = float(special.stdtrit(clusters - 1, 1 - TAIL_OF_CLUSTERS))
    return max(sqrt(found), of_clusters / float(special.stdtrit(freedom, 1 - TAIL))), freedom


def waves_apart(place: Floats, pull: Floats, means: Floats, waves: int) -> Floats:
    """Return the slowest waves as orthonormal contrasts in which no mean has a part: places x waves.

    `place` (0..1) says where in the weeks each is, `pull` what it adds to the difference and `means` (places x means)
    to the means, all three in units of its error. Waves that the means leave nothing of are left out.
    """
    turn = np.pi * np.outer(place, np.arange(1, waves + 1))
    base, _ = np.linalg.qr(means)
    slow = np.cos(turn) * pull[:, None]
    apart, left = np.linalg.qr(slow - base @ (base.T @ slow))
    found: Floats = apart[:, np.abs(np.diag(left)) > NOTHING * np.abs(pull).max()]
    return found
