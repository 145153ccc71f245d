"""Rates, their differences and ratios with intervals, and p-values corrected for everything tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from scipy.special import gammaln

Z = NormalDist().inv_cdf(0.975)
Interval = tuple[float, float]
_SAME = 1e-7


def wilson(outcomes: float, cases: float) -> Interval:
    """Return the 95 % score interval of a share; `cases` must be above zero, and may be an effective number.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
    """
    share = outcomes / cases
    middle = (share + Z * Z / (2 * cases)) / (1 + Z * Z / cases)
    half = Z * sqrt(share * (1 - share) / cases + Z * Z / (4 * cases * cases)) / (1 + Z * Z / cases)
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(outcomes: float, cases: float, rest_outcomes: float, rest_cases: float) -> Interval:
    """Return the 95 % interval of the difference of two shares: the hybrid score interval, not continuity-corrected.

    Source: R. G. Newcombe, Interval Estimation for the Difference between Independent Proportions, Statistics in
    Medicine 17 (1998), method 10.
    """
    share, rest = outcomes / cases, rest_outcomes / rest_cases
    low, high = wilson(outcomes, cases)
    rest_low, rest_high = wilson(rest_outcomes, rest_cases)
    below = sqrt((share - low) ** 2 + (rest_high - rest) ** 2)
    above = sqrt((high - share) ** 2 + (rest - rest_low) ** 2)
    return share - rest - below, share - rest + above


def ratio(outcomes: float, cases: float, rest_outcomes: float, rest_cases: float) -> Interval | None:
    """Return the 95 % interval of the ratio of two shares; None when one of them is nothing.

    Source: D. Katz et al., Obtaining Confidence Intervals for the Risk Ratio in Cohort Studies, Biometrics 34 (1978).
    """
    if not outcomes or not rest_outcomes:
        return None
    middle = log(outcomes / cases) - log(rest_outcomes / rest_cases)
    half = Z * sqrt(max(0.0, 1 / outcomes - 1 / cases + 1 / rest_outcomes - 1 / rest_cases))
    return exp(middle - half), exp(middle + half)


def mean_difference(first: tuple[int, float, float], second: tuple[int, float, float]) -> Interval | None:
    """Return the 95 % interval of the difference of two means; each sample is (n, sum, sum of squares).

    None with fewer than two values in one of them. Source: B. L. Welch, Biometrika 34 (1947), with the normal quantile.
    """
    if first[0] < 2 or second[0] < 2:
        return None
    variance = sum(max(0.0, squares - total * total / n) / (n - 1) / n for n, total, squares in (first, second))
    middle = first[1] / first[0] - second[1] / second[0]
    return middle - Z * sqrt(variance), middle + Z * sqrt(variance)


def p_value(outcomes: float, cases: float, rest_outcomes: float, rest_cases: float) -> float:
    """Return the two-sided p-value that two shares are equal; effective numbers are rounded.

    Source: R. A. Fisher's exact test (1935): the hypergeometric chances of all tables no likelier than the one found.
    """
    size, rest = round(cases), round(rest_cases)
    found = min(size, round(outcomes))
    marked = found + min(rest, round(rest_outcomes))
    possible = np.arange(max(0, marked - rest), min(size, marked) + 1)
    chances = -_log_choices(size + rest, marked) + _log_choices(size, possible) + _log_choices(rest, marked - possible)
    no_likelier = chances <= chances[found - possible[0]] + _SAME
    return min(1.0, float(np.exp(chances[no_likelier]).sum()))


def _log_choices(whole: int, chosen: Any) -> Any:
    return gammaln(whole + 1) - gammaln(chosen + 1) - gammaln(whole - chosen + 1)


def corrected(p_values: Sequence[float], any_dependence: bool = True) -> list[float]:
    """Return the q-value of each p-value: the least false-discovery rate at which it is a discovery.

    Sources: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995); for tests that depend on each other in any way Y. Benjamini
    and D. Yekutieli, Annals of Statistics 29 (2001).
    """
    tests = len(p_values)
    factor = tests * (sum(1 / place for place in range(1, tests + 1)) if any_dependence else 1)
    least, q_values = 1.0, [1.0] * tests
    for place, position in reversed(list(enumerate(sorted(range(tests), key=lambda one: p_values[one]), 1))):
        least = min(least, p_values[position] * factor / place)
        q_values[position] = least
    return q_values


@dataclass(frozen=True)
class Clusters:
    """How cases fall into clusters: their number, and sums over them.

    `squares` is of outcomes x outcomes, `products` of outcomes x cases, `sizes` of cases x cases.
    """

    number: int
    squares: int
    products: int
    sizes: int


def design_effect(cases: int, outcomes: int, clusters: Clusters, correlation: float = 0.0) -> float:
    """Return by how much fewer cases count because those of one cluster resemble each other; at least 1.

    It is the greater of the cases' own effect and of the one that the `correlation` within the clusters of all cases
    gives: cases that all have the outcome, or none, show no resemblance of their own. Sources: J. N. K. Rao and A. J.
    Scott, A Simple Method for the Analysis of Clustered Binary Data, Biometrics 48 (1992); L. Kish, Survey Sampling
    (1965).
    """
    pooled = 1 + (clusters.sizes / cases - 1) * correlation
    share = outcomes / cases
    if clusters.number < 2 or not 0 < share < 1:
        return max(1.0, pooled)
    residuals = clusters.squares - 2 * share * clusters.products + share * share * clusters.sizes
    own = clusters.number / (clusters.number - 1) * residuals / (cases * share * (1 - share))
    return max(1.0, own, pooled)


def correlation_within(cases: int, outcomes: int, clusters: Clusters) -> float:
    """Return how much the cases of one cluster resemble each other, 0..1, from the design effect of all cases.

    Source: L. Kish, Survey Sampling (1965): the effect is 1 + (size - 1) x correlation, the size weighted by cases.
    """
    size = clusters.sizes / cases
    return min(1.0, (design_effect(cases, outcomes, clusters) - 1) / (size - 1)) if size > 1 else 0.0
