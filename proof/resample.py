"""How far a figure would move by chance: clusters drawn with replacement, and weeks that have good and bad spells.

Returns of one customer are alike, and so are returns of the same weeks, when a queue is long or short for all. The
error takes both: of clusters by the bootstrap, of weeks by the spells that they may have (`proof.spells`); where
hundreds of things are told at once, by autocorrelated residuals, less what both count twice.

Sources: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 6 and 13; for whole clusters C.
Field and A. Welsh, Bootstrapping Clustered Data, JRSS B 69 (2007); for two ways of clustering A. C. Cameron, J. Gelbach
and D. Miller, Robust Inference with Multiway Clustering, JBES 29 (2011); for weeks W. Newey and K. West, A Simple,
Positive Semi-Definite, Heteroskedasticity and Autocorrelation Consistent Covariance Matrix, Econometrica 55 (1987), the
lags by their rule 4 (T / 100)^(2/9); degrees of freedom after F. Satterthwaite, Biometrics Bulletin 2 (1946).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from mining.causes.intervals import Interval
from proof.spells import factor_and_freedom, widening

Floats = NDArray[np.float64]
DRAWS = 2_000
TAIL = 0.025
POWER = 0.8
FEWEST_WEEKS = 8


@dataclass(frozen=True)
class Draws:
    """How often each cluster was drawn: `weights` is draws x clusters."""

    weights: Floats

    @property
    def clusters(self) -> int:
        """Return how many clusters there are."""
        return int(self.weights.shape[1])

    def of(self, sums: Floats) -> Floats:
        """Return the sums over each draw; `sums` has the clusters first, the result the draws."""
        drawn: Floats = self.weights @ sums.reshape(self.clusters, -1)
        return drawn.reshape(-1, *sums.shape[1:])


def draw(clusters: int, seed: str, draws: int = DRAWS) -> Draws:
    """Draw `clusters` clusters with replacement, `draws` times; the same seed (hex digits) gives the same draws."""
    random = np.random.default_rng(int(seed, 16))
    return Draws(random.multinomial(clusters, np.full(clusters, 1 / clusters), size=draws).astype(float))


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error, 95 % interval, and the two-sided p-value that it is zero."""

    value: float
    error: float
    interval: Interval
    p_value: float
    freedom: float

    @property
    def detectable(self) -> float:
        """The smallest true figure that would be told from zero in 80 of 100 cases, at 5 % false alarms.

        Source: H. S. Bloom, Minimum Detectable Effects, Evaluation Review 19 (1995).
        """
        return float(stats.t.ppf([1 - TAIL, POWER], self.freedom).sum() * self.error)


def estimate(value: float, error: float, freedom: float) -> Estimate:
    """Return a figure with what Student's t says of it; an error of 0 leaves no doubt."""
    reach = float(stats.t.ppf(1 - TAIL, freedom)) * error
    p_value = float(2 * stats.t.sf(abs(value) / error, freedom)) if error > 0 else float(value == 0)
    return Estimate(value, error, (value - reach, value + reach), p_value, freedom)


def drawn_error(drawn: Floats, clusters: int) -> float | None:
    """Return the standard error of a figure from its draws, None when a tenth of the draws do not have it."""
    found = drawn[np.isfinite(drawn)]
    if clusters < 2 or found.size < max(2, 0.9 * drawn.size):
        return None
    return float(found.std(ddof=1)) * sqrt(clusters / (clusters - 1))


@dataclass(frozen=True)
class Spread:
    """By what factor the weeks widen an error that only knows the clusters, and the degrees of freedom then.

    Neither says alone how much wider an interval is: few degrees of freedom widen it as well.
    """

    factor: float
    freedom: float

    @property
    def reach(self) -> float:
        """The half-width of a 95 % interval, in errors that only know the clusters."""
        return self.factor * float(stats.t.ppf(1 - TAIL, self.freedom))


def weeks_spread(by_week: Floats, by_both: Floats, by_cluster: Floats, clusters: int) -> Spread:
    """Return what the weeks add to the error of a difference of two ratios, see `proof.spells`.

    All three are arrays of places x sides x (numerator, denominator), weeks in order and without a gap. With fewer than
    eight weeks nothing is added.
    """
    whole = by_cluster.sum(axis=0)
    of_clusters = _variance(_residuals(by_cluster, whole), 0)
    weeks = int((by_week[..., 1].sum(axis=1) > 0).sum())
    noise = np.array([_variance(one, 0) for one in _pulls(by_both, whole).T])
    if weeks < FEWEST_WEEKS or of_clusters <= 0 or not (noise > 0).all():
        return Spread(1.0, clusters - 1)
    found, waves = widening(by_week, noise)
    return Spread(*factor_and_freedom(found, waves, clusters)) if waves else Spread(1.0, clusters - 1)


def widened(of_clusters: float, of_both: float, by_week: Floats, weeks: int, clusters: int) -> Spread:
    """Return what the weeks add to a variance `of_clusters`, given that of pairs of both and the residuals by week.

    `weeks` of them have anything. With fewer than eight nothing is added.
    """
    if weeks < FEWEST_WEEKS or of_clusters <= 0:
        return Spread(1.0, clusters - 1)
    added = max(0.0, _variance(by_week, floor(4 * (weeks / 100) ** (2 / 9))) - of_both)
    total = of_clusters + added
    freedom = total**2 / (of_clusters**2 / (clusters - 1) + added**2 / (weeks - 2))
    return Spread(sqrt(total / of_clusters), freedom)


def linearised_error(by_cluster: Floats) -> float:
    """Return the standard error of the difference of two ratios without drawing, where there are many to tell of.

    `by_cluster` is clusters x sides x (numerator, denominator). Source: K. Wolter, Introduction to Variance
    Estimation, 2nd edition (2007), chapter 6.
    """
    return sqrt(_variance(_residuals(by_cluster, by_cluster.sum(axis=0)), 0))


def _residuals(sums: Floats, whole: Floats) -> Floats:
    """Return by how much each place pulls the difference of the two ratios: the linearised residual."""
    pulls = _pulls(sums, whole)
    return pulls[:, 1] - pulls[:, 0]


def _pulls(sums: Floats, whole: Floats) -> Floats:
    """Return by how much each place pulls the ratio of each side: places x sides."""
    pulls: Floats = (sums[..., 0] - whole[:, 0] / whole[:, 1] * sums[..., 1]) / whole[:, 1]
    return pulls


def _variance(residuals: Floats, lags: int) -> float:
    places = residuals.size
    total = float(residuals @ residuals)
    for lag in range(1, min(lags, places - 1) + 1):
        total += 2 * (1 - lag / (lags + 1)) * float(residuals[lag:] @ residuals[:-lag])
    return max(0.0, total) * places / max(1, places - 1)
