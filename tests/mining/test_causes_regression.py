"""The penalised regression and what is made of it, held against statsmodels and scipy."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.sparse import csr_matrix
from scipy.stats import chi2_contingency

from mining.causes.intervals import Z
from mining.causes.regression import fit, score_tests
from tests.mining.cause_worlds import explained, found, group, world

# intercept, two overlapping indicators; cases and outcomes of each cell
DESIGN = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], dtype=float)
CASES, OUTCOMES = np.array([200.0, 80.0, 60.0, 40.0]), np.array([20.0, 24.0, 9.0, 30.0])


def test_the_prior_is_one_case_half_with_the_outcome() -> None:
    fitted = fit(csr_matrix(DESIGN), CASES, OUTCOMES)
    rows = np.vstack([DESIGN, [[0, 1, 0], [0, 0, 1]]])
    cases, outcomes = np.append(CASES, [1, 1]), np.append(OUTCOMES, [0.5, 0.5])
    expected = sm.GLM(outcomes / cases, rows, family=sm.families.Binomial(), var_weights=cases).fit(
        scale=1.0, tol=1e-12
    )
    assert fitted.coefficients == pytest.approx(expected.params, abs=1e-6)
    assert fitted.covariance == pytest.approx(expected.cov_params(), rel=1e-5)


def test_a_value_that_always_has_the_outcome_stays_finite() -> None:
    design = csr_matrix(np.array([[1.0, 0.0], [1.0, 1.0]]))
    fitted = fit(design, np.array([100.0, 20.0]), np.array([10.0, 20.0]))
    assert 4 < fitted.coefficients[1] < 8
    assert 0 < fitted.covariance[1, 1] < 10


def test_a_score_test_beyond_the_intercept_is_pearsons() -> None:
    base, added = csr_matrix(DESIGN[:, :1]), csr_matrix(DESIGN[:, 1:2])
    [z] = score_tests(base, fit(base, CASES, OUTCOMES), CASES, OUTCOMES, added)
    table = [[54, 120 - 54], [29, 260 - 29]]
    assert z**2 == pytest.approx(chi2_contingency(table, correction=False).statistic, rel=1e-4)


def test_a_column_within_the_design_explains_nothing_more() -> None:
    base = csr_matrix(DESIGN)
    cases, outcomes = CASES * 1000, OUTCOMES * 1000
    [z] = score_tests(base, fit(base, cases, outcomes), cases, outcomes, csr_matrix(DESIGN[:, 1:2]))
    assert z == 0


def test_the_adjusted_effect_is_the_standardised_one_of_a_logistic_regression() -> None:
    cells = [("Graz", "aluminium", 3000, 1200), ("Graz", "steel", 1000, 150), ("Linz", "aluminium", 1000, 300)]
    cells.append(("Linz", "steel", 5000, 500))
    log = world(("city", "material"), [row for *values, n, bad in cells for row in group(values, n, bad)])
    adjusted = found(explained(log), city="Graz").adjusted
    assert adjusted is not None
    design = np.array([[1, city == "Graz", material == "aluminium"] for city, material, _, _ in cells], dtype=float)
    cases, bad = (np.array([cell[place] for cell in cells], dtype=float) for place in (2, 3))
    model = sm.GLM(bad / cases, design, family=sm.families.Binomial(), var_weights=cases).fit(scale=1.0)
    without = design.copy()
    without[:, 1] = 0

    def log_ratio(beta: np.ndarray) -> float:
        chance, chance_without = (1 / (1 + np.exp(-rows @ beta)) for rows in (design, without))
        own = cases * design[:, 1]
        return float(np.log(own @ chance / (own @ chance_without)))

    middle = log_ratio(model.params)
    slope = np.array([(log_ratio(model.params + step) - middle) / 1e-6 for step in np.eye(3) * 1e-6])
    half = Z * np.sqrt(slope @ model.cov_params() @ slope)
    assert adjusted.risk_ratio == pytest.approx(np.exp(middle), rel=2e-3)
    assert adjusted.ratio_interval == pytest.approx((np.exp(middle - half), np.exp(middle + half)), rel=2e-3)
