"""What a deviation goes with in KPIs: cases with it against like cases without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
DIGITS = 6


@dataclass(frozen=True)
class Moments:
    """Cases, the sum and the sum of squares of a KPI."""

    n: int
    total: float
    squares: float

    @property
    def scatter(self) -> float:
        """The sum of squared distances from the mean."""
        return max(0.0, self.squares - self.total * self.total / self.n) if self.n else 0.0


@dataclass(frozen=True)
class Stratum:
    """Cases of one reason and site, with the deviation and without."""

    deviating: Moments
    others: Moments


@dataclass(frozen=True)
class Impact:
    """How much greater a KPI is with a deviation than without, in the KPI's unit, matched.

    `difference`, `low` and `high` (95 %) are None when nothing could be matched, or the interval when no stratum has
    two cases of a kind. `matched` of `deviating` cases with the KPI have counterparts, `others` of them.
    """

    kpi: str
    difference: float | None
    low: float | None
    high: float | None
    deviating: int
    matched: int
    others: int


def matched_impact(kpi: str, strata: Sequence[Stratum]) -> Impact:
    """Return the mean difference over the strata that have both kinds, weighted by their deviating cases.

    Direct standardisation to the deviating cases (Miettinen, "Standardization of risk ratios", 1972); the interval is
    the normal one with the variance of each kind pooled within strata. A difference is no proof of a cause: cases are
    alike in the columns of the strata only.
    """
    both = [stratum for stratum in strata if stratum.deviating.n and stratum.others.n]
    deviating = sum(stratum.deviating.n for stratum in strata)
    matched = sum(stratum.deviating.n for stratum in both)
    others = sum(stratum.others.n for stratum in both)
    if not both:
        return Impact(kpi, None, None, None, deviating, 0, 0)
    difference = sum(
        stratum.deviating.total - stratum.deviating.n * stratum.others.total / stratum.others.n for stratum in both
    )
    difference /= matched
    variances = [_pooled([stratum.deviating for stratum in both]), _pooled([stratum.others for stratum in both])]
    if variances[0] is None or variances[1] is None:
        return Impact(kpi, round(difference, DIGITS), None, None, deviating, matched, others)
    weighted = sum(stratum.deviating.n**2 / stratum.others.n for stratum in both) / matched**2
    half = Z * sqrt(variances[0] / matched + variances[1] * weighted)
    low, high = difference - half, difference + half
    return Impact(kpi, round(difference, DIGITS), round(low, DIGITS), round(high, DIGITS), deviating, matched, others)


def _pooled(samples: Sequence[Moments]) -> float | None:
    """Return the variance within the samples, None when they have no two cases of one stratum."""
    freedom = sum(sample.n - 1 for sample in samples)
    return sum(sample.scatter for sample in samples) / freedom if freedom else None
