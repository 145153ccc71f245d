"""Curves of what is followed until it ends: still under way, ended in each way, and what can be read off them.

All functions take counts at rising days: `ends` (... x days x ways of ending) and `censored` (... x days), those whose
follow-up stops there without an end; any axes before these are worked on at once (both sides, every draw). What ends
on a day does so before the follow-up of others stops on it.

Sources: E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, JASA 53 (1958); O. Aalen and
S. Johansen, An Empirical Transition Matrix for Non-homogeneous Markov Chains, Scandinavian Journal of Statistics 5
(1978); the variances after D. Collett, Modelling Survival Data in Medical Research, 3rd edition (2015), chapters 2 and
12, and J. Klein and M. Moeschberger, Survival Analysis, 2nd edition (2003), section 4.5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_SAME = 1e-9
_FURTHEST = 50.0


def at_risk(ends: Floats, censored: Floats) -> Floats:
    """Return how many are still followed and under way just before each day."""
    leaving: Floats = ends.sum(axis=-1) + censored
    return _backwards(leaving)


def under_way(ends: Floats, censored: Floats) -> Floats:
    """Return the share still under way after each day: the product-limit estimate; any way of ending ends it."""
    staying: Floats = 1 - _shares(ends.sum(axis=-1), at_risk(ends, censored))
    return staying.cumprod(axis=-1)


def incidence(ends: Floats, censored: Floats) -> Floats:
    """Return the share that has ended in each way by each day; with those under way the shares sum to 1."""
    risk = at_risk(ends, censored)
    return np.cumsum(_before(under_way(ends, censored))[..., None] * _shares(ends, risk[..., None]), axis=-2)


def under_way_error(ends: Floats, censored: Floats) -> Floats:
    """Return the standard error of the share under way (Greenwood's formula)."""
    variance: Floats = _greenwood(ends, censored).cumsum(axis=-1)
    return under_way(ends, censored) * np.sqrt(variance)


def incidence_error(ends: Floats, censored: Floats) -> Floats:
    """Return the standard errors of the shares ended, by the delta method (Collett, section 12.2)."""
    risk = at_risk(ends, censored)[..., None]
    lasting = _before(under_way(ends, censored))[..., None]
    share, term = incidence(ends, censored), _greenwood(ends, censored)[..., None]
    chance = _shares(ends, risk)
    here = lasting**2 * _shares(chance * (1 - chance), risk)
    shared = lasting * _shares(chance, risk)
    # The squares (share - earlier share)^2 are multiplied out, so that one pass over the days is enough.
    variance = share**2 * _sum(term) - 2 * share * _sum(term * share) + _sum(term * share**2)
    variance += _sum(here) - 2 * (share * _sum(shared) - _sum(shared * share))
    return np.sqrt(np.maximum(variance, 0))


def restricted_mean(days: Floats, share: Floats, until: float) -> Floats:
    """Return the mean time under way up to `until`: the area under the curve, which falls in steps at `days`."""
    total: Floats = _areas(days, share, until).sum(axis=-1)
    return total + min(float(days[0]), until)


def restricted_mean_error(days: Floats, ends: Floats, censored: Floats, until: float) -> Floats:
    """Return the standard error of the restricted mean (Klein and Moeschberger, formula 4.5.2)."""
    later = _backwards(_areas(days, under_way(ends, censored), until))
    variance: Floats = (later**2 * _greenwood(ends, censored)).sum(axis=-1)
    return np.sqrt(variance)


def log_log(share: Floats, error: Floats, reach: float) -> tuple[Floats, Floats]:
    """Return the ends of an interval that stays within 0 and 1: `reach` errors either way of log(-log(share)).

    A share of 0 or 1 has no width. Source: J. Kalbfleisch and R. Prentice, The Statistical Analysis of Failure Time
    Data (1980), section 1.3.
    """
    inside = np.clip(share, _SAME, 1 - _SAME)
    power = np.exp(np.minimum(reach * error / (inside * -np.log(inside)), _FURTHEST))
    has_width = (inside == share) & (error > 0)
    return np.where(has_width, inside**power, share), np.where(has_width, inside ** (1 / power), share)


def log_rank(ends: Floats, censored: Floats) -> Floats:
    """Return how many more of the second of two groups ended than would if both ended alike; groups x days are last.

    Zero for equal curves. Source: N. Mantel, Evaluation of Survival Data and Two New Rank Order Statistics, Cancer
    Chemotherapy Reports 50 (1966).
    """
    risk, ended = at_risk(ends, censored), ends.sum(axis=-1)
    expected = _shares(ended.sum(axis=-2), risk.sum(axis=-2)) * risk[..., 1, :]
    more: Floats = (ended[..., 1, :] - expected).sum(axis=-1)
    return more


def gray(ends: Floats, censored: Floats, way: int) -> Floats:
    """Return how many more of the second of two groups ended in one `way` than would if both ended so alike.

    What ended in another way stays among those who might still end in this one, so that it tells shares that ended and
    not paces; without other ways it is the log-rank sum. Groups x days (x ways) are last. Source: R. J. Gray, A Class
    of K-Sample Tests for Comparing the Cumulative Incidence of a Competing Risk, Annals of Statistics 16 (1988), with
    the weight of rho = 0.
    """
    ended = ends[..., way]
    staying = _before(1 - incidence(ends, censored)[..., way])
    risk = _shares(at_risk(ends, censored) * staying, _before(under_way(ends, censored)))
    expected = _shares(ended.sum(axis=-2), risk.sum(axis=-2)) * risk[..., 1, :]
    more: Floats = (ended[..., 1, :] - expected).sum(axis=-1)
    return more


def first_at_half(days: Floats, share: Floats) -> float | None:
    """Return the first day on which a falling share is a half or less, None when it stays above."""
    reached = np.flatnonzero(share <= 0.5 + 1e-12)
    return float(days[reached[0]]) if reached.size else None


def _shares(part: Floats, whole: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, 0.0)


def _before(share: Floats) -> Floats:
    return np.concatenate([np.ones_like(share[..., :1]), share[..., :-1]], axis=-1)


def _backwards(terms: Floats) -> Floats:
    """Return the sums from each day to the last."""
    return terms[..., ::-1].cumsum(axis=-1)[..., ::-1]


def _sum(terms: Floats) -> Floats:
    return np.cumsum(terms, axis=-2)


def _greenwood(ends: Floats, censored: Floats) -> Floats:
    """Return the terms of Greenwood's sum; where all of those left end, the curve is 0 and the term nothing."""
    risk, ended = at_risk(ends, censored), ends.sum(axis=-1)
    return _shares(_shares(ended, risk), risk - ended)


def _areas(days: Floats, share: Floats, until: float) -> Floats:
    ends = np.append(days[1:], max(until, float(days[-1])))
    lengths: Floats = np.minimum(ends, until) - np.minimum(days, until)
    return share * lengths
