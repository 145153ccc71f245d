"""Intervals, tests and corrections against hand-worked figures, published examples, statsmodels and scipy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from mining.causes.intervals import (
    Clusters,
    corrected,
    correlation_within,
    design_effect,
    difference,
    mean_difference,
    p_value,
    ratio,
    wilson,
)

TABLES = st.tuples(st.integers(1, 200), st.integers(1, 400)).flatmap(
    lambda sizes: st.tuples(
        st.integers(0, sizes[0]), st.just(sizes[0]), st.integers(0, sizes[1]), st.just(sizes[1])
    )
)  # fmt: skip

# Ten customers of four cases each, of which five always have the outcome.
ALIKE = Clusters(10, 5 * 16, 5 * 16, 10 * 16)


def test_newcombe_gives_his_own_example() -> None:
    # Newcombe (1998), table II, example (a), method 10: 56/70 against 48/80 is 0.2, 0.0524 to 0.3339.
    low, high = difference(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@settings(max_examples=80, deadline=None)
@given(TABLES)
def test_intervals_are_those_of_statsmodels(table: tuple[int, int, int, int]) -> None:
    outcomes, cases, rest_outcomes, rest_cases = table
    assert wilson(outcomes, cases) == pytest.approx(proportion_confint(outcomes, cases, method="wilson"), abs=1e-9)
    expected = confint_proportions_2indep(outcomes, cases, rest_outcomes, rest_cases, compare="diff", method="newcomb")
    assert difference(*table) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_ratios_are_those_of_statsmodels(table: tuple[int, int, int, int]) -> None:
    if not table[0] or not table[2]:
        assert ratio(*table) is None
        return
    assert ratio(*table) == pytest.approx(confint_proportions_2indep(*table, compare="ratio", method="log"), rel=1e-9)


@settings(max_examples=80, deadline=None)
@given(TABLES)
def test_p_values_are_fishers(table: tuple[int, int, int, int]) -> None:
    outcomes, cases, rest_outcomes, rest_cases = table
    written = [[outcomes, cases - outcomes], [rest_outcomes, rest_cases - rest_outcomes]]
    assert p_value(*table) == pytest.approx(fisher_exact(written).pvalue, rel=1e-6)


def test_the_lady_tasting_tea() -> None:
    # Fisher's own table: 3 of 4 against 1 of 4; 34 of 70 arrangements are no likelier.
    assert p_value(3, 4, 1, 4) == pytest.approx(34 / 70)


def test_benjamini_and_hochberg_by_hand() -> None:
    # Times 4/1, 4/2, 4/3, 4/4, and never less than a smaller one's.
    assert corrected([0.01, 0.04, 0.03, 0.5], any_dependence=False) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])


def test_benjamini_and_yekutieli_multiply_by_the_harmonic_sum() -> None:
    factor = 1 + 1 / 2 + 1 / 3 + 1 / 4
    assert corrected([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04 * factor, 0.16 / 3 * factor, 0.16 / 3 * factor, 1])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(1e-12, 1), min_size=1, max_size=60))
def test_corrections_are_those_of_statsmodels(p_values: list[float]) -> None:
    for method, any_dependence in (("fdr_bh", False), ("fdr_by", True)):
        assert corrected(p_values, any_dependence) == pytest.approx(multipletests(p_values, method=method)[1])


def test_cases_alike_within_clusters_count_as_one_each() -> None:
    # Ten customers of four returns each, five of them always with the outcome: 40 cases, 20 outcomes.
    # Residuals are 5 x (4 - 2)^2 + 5 x (0 - 2)^2 = 40; 10 / 9 x 40 / (40 x 0.25) = 4.44.
    assert design_effect(40, 20, ALIKE) == pytest.approx(40 / 9)


def test_cases_that_do_not_resemble_each_other_count_in_full() -> None:
    # Two of four in every customer: no more alike than chance has it.
    assert design_effect(40, 20, Clusters(10, 10 * 4, 10 * 8, 10 * 16)) == 1.0


def test_cases_that_all_have_the_outcome_are_as_much_alike_as_all_cases() -> None:
    # As the ten customers above: 1 + (4 - 1) x correlation is 40 / 9, at most 1. Two of the customers, eight cases.
    assert correlation_within(40, 20, ALIKE) == 1.0
    assert design_effect(8, 8, Clusters(2, 32, 32, 32)) == 1.0
    assert design_effect(8, 8, Clusters(2, 32, 32, 32), correlation=0.5) == 1 + 3 * 0.5


def test_cases_of_customers_with_one_case_each_resemble_nothing() -> None:
    assert correlation_within(40, 20, Clusters(40, 20, 20, 40)) == 0.0


def test_difference_of_means_by_hand() -> None:
    # 1, 2, 3 against 4, 6: means 2 and 5; variances 1 / 3 and 2 / 2; half the interval is 1.96 x sqrt(4 / 3).
    low, high = mean_difference((3, 6, 14), (2, 10, 52)) or (0, 0)
    assert (low + high) / 2 == pytest.approx(-3)
    assert (high - low) / 2 == pytest.approx(1.959964 * (4 / 3) ** 0.5)


def test_one_value_has_no_spread() -> None:
    assert mean_difference((1, 6, 36), (2, 10, 52)) is None
