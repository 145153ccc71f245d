"""Logistic regression on weighted cells, penalised so that separation has a finite answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from scipy.special import expit

Vector = NDArray[np.float64]
_STEPS = 60
_SMALLEST_STEP = 1e-9
_OWN_SHARE = 1e-4


@dataclass(frozen=True)
class Fit:
    """A fitted model: coefficients, their covariance, and the fitted share of each cell."""

    coefficients: Vector
    covariance: Vector
    shares: Vector


def fit(design: csr_matrix, cases: Vector, outcomes: Vector) -> Fit:
    """Fit `outcomes` of `cases` in each cell on the design, whose first column is the intercept.

    Each coefficient but the intercept has a log-F(1, 1) prior: one case more, half with the outcome. It keeps
    coefficients finite where a value always or never has the outcome, and hardly moves others. Source: S. Greenland and
    M. A. Mansournia, Penalization, Bias Reduction, and Default Priors in Logistic and Related Regressions, Statistics
    in Medicine 34 (2015). Newton's method, with steps halved while they do not improve.
    """
    penalised = np.ones(design.shape[1])
    penalised[0] = 0.0
    beta = np.zeros(design.shape[1])
    rate = (outcomes.sum() + 0.5) / (cases.sum() + 1)
    beta[0] = np.log(rate / (1 - rate))
    best = _likelihood(design, cases, outcomes, beta, penalised)
    products = _Products(design)
    for _ in range(_STEPS):
        shares, prior = expit(design @ beta), expit(beta)
        gradient = products.across @ (outcomes - cases * shares) + penalised * (0.5 - prior)
        information = products.information(cases * shares * (1 - shares), penalised * prior * (1 - prior))
        step = np.linalg.solve(information, gradient)
        size = 1.0
        while size > _SMALLEST_STEP:
            reached = _likelihood(design, cases, outcomes, beta + size * step, penalised)
            if reached >= best:
                break
            size /= 2
        if size <= _SMALLEST_STEP:
            break
        beta, gained, best = beta + size * step, reached - best, reached
        if gained < _SMALLEST_STEP:
            break
    shares, prior = expit(design @ beta), expit(beta)
    information = products.information(cases * shares * (1 - shares), penalised * prior * (1 - prior))
    return Fit(beta, np.asarray(np.linalg.inv(information), dtype=np.float64), shares)


class _Products:
    """A design and its transpose, to be multiplied over and over with other weights between them."""

    def __init__(self, design: csr_matrix) -> None:
        self.across = csr_matrix(design.T)
        self._design = design
        self._cell_of_entry = np.repeat(np.arange(design.shape[0]), np.diff(design.indptr))

    def information(self, weights: Vector, prior: Vector) -> Vector:
        """Return the information matrix at a weight for each cell and a prior for each coefficient."""
        design = self._design
        data = design.data * weights[self._cell_of_entry]
        weighted = csr_matrix((data, design.indices, design.indptr), shape=design.shape)
        return np.asarray((self.across @ weighted).toarray() + np.diag(prior) + 1e-10 * np.eye(design.shape[1]))


def _likelihood(design: csr_matrix, cases: Vector, outcomes: Vector, beta: Vector, penalised: Vector) -> float:
    scores = design @ beta
    likelihood = outcomes @ scores - cases @ np.logaddexp(0, scores)
    return float(likelihood + penalised @ (0.5 * beta - np.logaddexp(0, beta)))


def score_tests(design: csr_matrix, fitted: Fit, cases: Vector, outcomes: Vector, added: csr_matrix) -> Vector:
    """Return for each column of `added` the z-value of its effect beyond the fitted design, 0 where none is left.

    Source: C. R. Rao's score test (1948): only the model without the columns is fitted.
    """
    weights = cases * fitted.shares * (1 - fitted.shares)
    score = added.T @ (outcomes - cases * fitted.shares)
    crossed = np.asarray((added.T @ diags(weights) @ design).toarray())
    own = added.T @ weights
    left = own - np.einsum("ij,jk,ik->i", crossed, fitted.covariance, crossed)
    able = left > _OWN_SHARE * np.maximum(own, 1e-12)
    return np.where(able, score / np.sqrt(np.where(able, left, 1.0)), 0.0)
