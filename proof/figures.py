"""The figures that are compared, each as a function of sums, so that it can be had of every draw at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ratios(sums: Floats) -> Floats:
    """Return numerator over denominator, not a number where there is none; (numerator, denominator) are the last."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)


def quantiles(counts: Floats, low: Floats, high: Floats, share: float) -> Floats:
    """Return the quantile of values that lie evenly within bins; `counts` has the bins last.

    The place of the quantile among n values is share x (n - 1), counted from 0, as in linear interpolation.
    """
    reached = np.cumsum(counts, axis=-1)
    n = reached[..., -1:]
    place = share * np.maximum(n - 1, 0)
    at = (reached <= place).sum(axis=-1, keepdims=True).clip(max=counts.shape[-1] - 1)
    inside = np.take_along_axis(counts, at, -1)
    before = np.take_along_axis(reached, at, -1) - inside
    with np.errstate(divide="ignore", invalid="ignore"):
        fraction = np.where(inside > 1, (place - before) / (inside - 1), 0.0).clip(0, 1)
    found = low[at] + fraction * (high[at] - low[at])
    return np.where(n > 0, found, np.nan)[..., 0]


def superiority(before: Floats, after: Floats) -> Floats:
    """Return the chance that a value of after lies below one of before, ties counted half; bins are the last axis.

    Source: H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947): U over the number of pairs.
    """
    above = before[..., ::-1].cumsum(axis=-1)[..., ::-1] - before
    pairs = before.sum(axis=-1) * after.sum(axis=-1)
    wins = (after * (above + before / 2)).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(pairs > 0, wins / pairs, np.nan)
