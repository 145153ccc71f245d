"""A line through weekly values whose neighbours resemble each other: generalised least squares.

Values of neighbouring weeks correlate by r, those of weeks k apart by r^k, and a week with n items has a variance in
proportion to 1 / n. A dozen weeks hardly tell r. Errors that take one estimate of it for the truth are far too short
(those of Newey and West cover 78 % in place of 95 % with eight weeks on each side), so the line is fitted at every r
from 0 to 0.9, and the fits are averaged by how likely the values make each r: their restricted likelihood.

Sources: H. Patterson and R. Thompson, Recovery of Inter-Block Information, Biometrika 58 (1971), for that likelihood;
S. Turner et al., Evaluation of Statistical Methods Used in the Analysis of Interrupted Time Series Studies, BMC Medical
Research Methodology 21 (2021), for its use here; J. Berger, B. Liseo and R. Wolpert, Integrated Likelihood Methods for
Eliminating Nuisance Parameters, Statistical Science 14 (1999), for the averaging.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from proof.resample import Estimate, estimate

Floats = NDArray[np.float64]
NOTHING = 1e-12
CORRELATIONS = tuple(place / 20 for place in range(19))


@dataclass(frozen=True)
class Fit:
    """The fits of one design at each correlation: `coefficients` (correlations x terms), their `covariances`.

    `chances` are how likely each correlation is, `freedom` the weeks less the terms, `largest` the largest value.
    """

    coefficients: Floats
    covariances: Floats
    chances: Floats
    freedom: int
    largest: float

    def of(self, terms: Sequence[float]) -> Estimate:
        """Return the sum of the coefficients times `terms`, with its error."""
        contrast = np.asarray(terms, dtype=float)
        values = self.coefficients @ contrast
        value = float(self.chances @ values)
        if abs(value) <= NOTHING * self.largest:  # equal weeks leave what floats add
            value = 0.0
        variances = np.einsum("i,cij,j->c", contrast, self.covariances, contrast) + (values - value) ** 2
        return estimate(value, sqrt(max(0.0, float(self.chances @ variances))), self.freedom)


def fit(
    design: Floats, values: Floats, sizes: Floats, weeks: Floats, correlations: Sequence[float] = CORRELATIONS
) -> Fit:
    """Fit `values` of `weeks` (rising whole numbers) with `sizes` items by the columns of `design` (weeks x terms)."""
    fits = [_fit(design, values, sizes, weeks, correlation) for correlation in correlations]
    likelihoods = np.array([likelihood for _, _, likelihood in fits])
    chances = np.exp(likelihoods - likelihoods.max())
    return Fit(
        np.stack([coefficients for coefficients, _, _ in fits]),
        np.stack([covariance for _, covariance, _ in fits]),
        chances / chances.sum(),
        values.size - design.shape[1],
        float(np.abs(values).max()),
    )


def _fit(
    design: Floats, values: Floats, sizes: Floats, weeks: Floats, correlation: float
) -> tuple[Floats, Floats, float]:
    scaled: Floats = np.column_stack([design, values]) * np.sqrt(sizes)[:, None]
    likeness = correlation ** np.diff(weeks)
    own = np.sqrt(1 - likeness**2)
    # What is new in a week, given the one before it, is independent of all earlier ones.
    scaled[1:] = (scaled[1:] - likeness[:, None] * scaled[:-1]) / own[:, None]
    terms, told = scaled[:, :-1], scaled[:, -1]
    information = terms.T @ terms
    inverse: Floats = np.linalg.inv(information).astype(float)
    coefficients = inverse @ (terms.T @ told)
    freedom = values.size - design.shape[1]
    spread = float(((told - terms @ coefficients) ** 2).sum()) / freedom
    size = 2 * float(np.log(own).sum()) + float(np.linalg.slogdet(information)[1])
    likelihood: float = -(freedom * log(max(spread, 1e-300)) + size) / 2
    return coefficients, spread * inverse, likelihood
