"""The effect of a condition after other factors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit, ndtr

from mining.causes.conditions import Condition
from mining.causes.counting import Cells
from mining.causes.findings import Adjusted
from mining.causes.intervals import Z
from mining.causes.regression import fit

_DECIDED = 0.95


class Factors:
    """The values of all attributes as columns of a design, to leave out or put in by attribute."""

    def __init__(self, cells: Cells, support: int) -> None:
        self._cells = cells
        self._columns = {name: self._of(number, support) for number, name in enumerate(cells.attributes)}
        self._decides = {
            name: frozenset(other for other in cells.attributes if other != name and self._determines(name, other))
            for name in cells.attributes
        }

    def others(self, condition: Condition) -> tuple[str, ...]:
        """Return what a condition is adjusted for: all attributes but its own and those that decide one of its own."""
        own = set(condition.attributes)
        return tuple(
            name
            for name, columns in self._columns.items()
            if name not in own and not self._decides[name] & own and columns is not None
        )

    def adjusted(self, condition: Condition, standing: Iterable[Condition], design_effect: float) -> Adjusted:
        """Return the effect of a condition after all other attributes and the `standing` conditions.

        The model is logistic; the effect is standardised to the condition's own cases: what is fitted for them against
        what would be without the condition's coefficient. Intervals by the delta method, with the variance times the
        condition's design effect. Sources: J. Robins, A New Approach to Causal Inference (1986), for standardisation;
        O. D. Dorfman, A Note on the Delta-Method (1938).
        """
        cells, names = self._cells, self.others(condition)
        met = cells.meets(condition)
        besides = [cells.meets(other) for other in standing if other != condition]
        blocks = [columns for name in names if (columns := self._columns[name]) is not None]
        design = hstack([_indicators([np.ones(len(met), dtype=bool), met, *besides]), *blocks], format="csr")
        fitted = fit(design, cells.cases, cells.outcomes)
        own, weights = design[met], cells.cases[met]
        scores = own @ fitted.coefficients
        with_it, without = expit(scores), expit(scores - fitted.coefficients[1])
        slope = own.T @ (weights * with_it * (1 - with_it))
        slope_without = own.T @ (weights * without * (1 - without))
        slope_without[1] = 0.0
        covariance = fitted.covariance * design_effect
        excess = float(weights @ (with_it - without))
        half = Z * _deviation(slope - slope_without, covariance)
        log_ratio = float(np.log(weights @ with_it) - np.log(weights @ without))
        log_half = Z * _deviation(slope / (weights @ with_it) - slope_without / (weights @ without), covariance)
        total = float(weights.sum())
        return Adjusted(
            risk_ratio=float(np.exp(log_ratio)),
            ratio_interval=(float(np.exp(log_ratio - log_half)), float(np.exp(log_ratio + log_half))),
            difference=excess / total,
            difference_interval=((excess - half) / total, (excess + half) / total),
            contribution=excess,
            contribution_interval=(excess - half, excess + half),
            p=float(2 * ndtr(-abs(fitted.coefficients[1]) / np.sqrt(covariance[1, 1]))),
            factors=names,
        )

    def _of(self, number: int, support: int) -> csr_matrix | None:
        """One column per value with enough cases but the commonest, and one for all rarer ones."""
        codes = self._cells.codes[:, number]
        values, places = np.unique(codes, return_inverse=True)
        cases = np.bincount(places, weights=self._cells.cases)
        order = sorted(range(len(values)), key=lambda place: (-cases[place], values[place]))
        kept = [place for place in order[1:] if cases[place] >= support]
        rare = [place for place in order[1:] if cases[place] < support]
        columns = [places == place for place in kept]
        if rare:
            columns.append(np.isin(places, rare))
        return _indicators(columns) if columns else None

    def _determines(self, name: str, other: str) -> bool:
        """Whether the value of `name` as good as decides that of `other`; rare values grouped together don't count.

        Source: L. A. Goodman and W. H. Kruskal's lambda, JASA 49 (1954).
        """
        cells = self._cells
        first, second = (cells.codes[:, cells.attributes.index(one)] for one in (name, other))
        known = first > 0
        table: NDArray[np.float64] = np.zeros((first.max(initial=0) + 1, second.max(initial=0) + 1))
        np.add.at(table, (first[known], second[known]), cells.cases[known])
        guessed, whole = table.sum(axis=0).max(), table.sum()
        return bool(whole > guessed and table.max(axis=1).sum() - guessed >= _DECIDED * (whole - guessed))


def _indicators(columns: Sequence[NDArray[np.bool_]]) -> csr_matrix:
    return csr_matrix(np.column_stack(columns).astype(float))


def _deviation(slope: NDArray[np.float64], covariance: NDArray[np.float64]) -> float:
    return sqrt(max(0.0, float(slope @ covariance @ slope)))
