"""Good and bad spells: what queues that are long or short for weeks add to the doubt in a difference, by chance alone.

Each week brings something of its own to the returns requested in it, and keeps some of what the week before had: an
autoregression of first order, in which the size of what is new and the memory are unknown. Windows of a dozen weeks say
little about waves as long as themselves, and to take the likeliest size and memory calls a change far too often. So
every size and memory counts, as much as the weeks and what is usual speak for it.

That there are no spells is taken to be as likely as that there are. Where there are, what is new in a week is told from
nothing: its density is that of Johnson and Rossell's moment priors, zero at zero, so that weeks which are all alike
soon speak for none. Queues that last longer are larger with it, as they are when a team runs out of slack. Any memory
is as likely as any other.

Sources: D. Harville, Bayesian Inference for Variance Components Using Only Error Contrasts, Biometrika 61 (1974), for
the likelihood of what remains when the means of both sides are taken out; V. Johnson and D. Rossell, On the Use of
Non-Local Prior Densities in Bayesian Hypothesis Tests, JRSS B 72 (2010).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
MEMORIES = np.array([0.0, 0.3, 0.6, 0.8, 0.9, 0.96])
NEW = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.9, 1.2, 1.6])
USUAL_NEW = 0.4
NO_SPELLS = 0.5
TAILS = (0.025, 0.0025)


@dataclass(frozen=True)
class Spells:
    """What weeks may add to the variance of a difference, and how likely each is; `weight` adds up to 1."""

    weight: Floats
    variance: Floats


def spells(sums: Floats, noise: Floats) -> Spells:
    """Return what the weeks of a difference of two ratios may add to its variance.

    `sums` are weeks x sides x (numerator, denominator), in order and without a gap; `noise` is the variance that each
    side's ratio would have from independent items, in the square of its unit. What is new in a week is in multiples of
    the noise of a mean week, and the size of spells follows from it and their memory.
    """
    items = np.maximum(sums[..., 1], 0)
    whole = sums.sum(axis=0)
    week, side = np.nonzero(items > 0)
    of_week = items[week, side]
    expected = (noise * whole[:, 1])[side] / of_week
    usual = float(np.mean(noise * whole[:, 1]) / np.mean(of_week))
    off = sums[week, side, 0] / of_week - (whole[:, 0] / whole[:, 1])[side]
    pull = items[:, 1] / whole[1, 1] - items[:, 0] / whole[0, 1]
    apart = np.abs(week[:, None] - week)
    apart_of_all = np.abs(np.arange(len(items))[:, None] - np.arange(len(items)))
    sides = np.stack([side == 0, side == 1], axis=1) / np.sqrt(expected)[:, None]
    likely, variance = [], []
    for memory in MEMORIES:
        alike = memory**apart / np.sqrt(np.outer(expected, expected))
        squares = usual * NEW**2 / (1 - memory**2)
        likely.append(_log_likelihoods(alike, off / np.sqrt(expected), sides, squares))
        variance.append(squares * float(pull @ memory**apart_of_all @ pull))
    weight = np.exp(np.array(likely) - np.max(likely)) * prior()
    return Spells((weight / weight.sum()).ravel(), np.array(variance).ravel())


def prior() -> Floats:
    """Return how likely each size of what is new (one row for every memory) is before any week is seen."""
    some = np.gradient(NEW) * NEW**2 * np.exp(-0.5 * (NEW / USUAL_NEW) ** 2)
    one: Floats = (1 - NO_SPELLS) * some / some.sum()
    one[0] = NO_SPELLS
    return one


def _log_likelihoods(alike: Floats, off: Floats, sides: Floats, squares: Floats) -> Floats:
    """Return the restricted log-likelihood of each squared size of spells that are `alike`, noise having variance 1."""
    values, vectors = np.linalg.eigh(alike)
    turned, turned_sides = vectors.T @ off, vectors.T @ sides
    spread = 1 + np.outer(squares, np.maximum(values, 0))
    crossed = np.einsum("wi,sw,wj->sij", turned_sides, 1 / spread, turned_sides)
    against = np.einsum("wi,sw,w->si", turned_sides, 1 / spread, turned)
    fitted = np.linalg.solve(crossed, against[..., None])[..., 0]
    misfit = (turned**2 / spread).sum(axis=1) - (against * fitted).sum(axis=1)
    found: Floats = -0.5 * (np.log(spread).sum(axis=1) + np.linalg.slogdet(crossed)[1] + misfit)
    return found


def reach_and_freedom(found: Spells, of_clusters: float, freedom: float) -> tuple[float, float]:
    """Return the half-width of the 95 % interval of a difference, and the freedom of the Student's t that is like it.

    The difference is a mixture: for each size and memory a t of `freedom` with the variance `of_clusters` and that of
    the spells. The t that is like it has the same 95 % and 99.5 % intervals; its freedom is that given at most, and at
    least 1.
    """
    scales = np.sqrt(of_clusters + found.variance)
    near, far = (_quantile(found.weight, scales, freedom, tail) for tail in TAILS)
    if _ratio(freedom) >= far / near:
        return near, freedom
    if _ratio(1.0) <= far / near:
        return near, 1.0
    return near, float(optimize.brentq(lambda one: _ratio(one) - far / near, 1.0, freedom, xtol=0.01))


def _ratio(freedom: float) -> float:
    near, far = (float(special.stdtrit(freedom, 1 - tail)) for tail in TAILS)
    return far / near


def _quantile(weight: Floats, scales: Floats, freedom: float, tail: float) -> float:
    def beyond(reach: float) -> float:
        return float(weight @ special.stdtr(freedom, -reach / scales)) - tail

    one = float(special.stdtrit(freedom, 1 - tail))
    low, high = one * float(scales.min()), one * float(scales.max())
    return low if high <= low else float(optimize.brentq(beyond, low, high, rtol=1e-6))
