"""Split a change by one attribute: what the levels do otherwise, and that there are more or fewer of them.

Source: E. M. Kitagawa, Components of a Difference Between Two Rates, JASA 50 (1955): a level adds its change in value,
at the mean of its two shares, to the process, and its change in share, at the mean of its two values, to the mix. The
parts add up to the change exactly. A level that one side does not have changes the mix alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def split(sums: Floats) -> tuple[Floats, Floats]:
    """Return what each level adds to the process and to the mix, draws x levels each.

    `sums` is draws x levels x sides x (numerator, denominator). The mix is told from the mean of all, so that a level
    of the mean value adds nothing however its share moves.
    """
    mass = sums[..., 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = sums[..., 0] / mass
        shares = mass / mass.sum(axis=1, keepdims=True)
        centre = (sums[..., 0].sum(axis=(1, 2)) / mass.sum(axis=(1, 2)))[:, None]
    before, after = values[..., 0], values[..., 1]
    before, after = np.where(np.isnan(before), after, before), np.where(np.isnan(after), before, after)
    process = (after - before) * shares.mean(axis=2)
    mix = (shares[..., 1] - shares[..., 0]) * ((after + before) / 2 - centre)
    return np.nan_to_num(process), np.nan_to_num(mix)
