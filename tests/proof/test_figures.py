"""Figures of sums: quantiles of bins are those of the values, superiority is Mann and Whitney's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from proof.figures import quantiles, ratios, superiority

VALUES = st.lists(st.integers(0, 30), min_size=1, max_size=40)


def counted(values: list[int]) -> np.ndarray:
    return np.bincount(values, minlength=31).astype(float)


@given(VALUES, st.sampled_from([0.5, 0.9]))
def test_a_quantile_of_bins_of_one_value_each_lies_between_the_values_it_interpolates(values, share):
    edges = np.arange(31.0)
    exact = float(np.quantile(values, share))
    found = float(quantiles(counted(values), edges, edges, share))
    assert np.quantile(values, share, method="lower") <= found <= exact + 1e-9


def test_a_quantile_within_a_bin_is_interpolated():
    assert quantiles(np.array([3.0]), np.array([1.0]), np.array([5.0]), 0.5) == 3.0
    assert np.isnan(quantiles(np.array([0.0]), np.array([1.0]), np.array([5.0]), 0.5))


@given(VALUES, VALUES)
def test_superiority_is_u_over_the_pairs(before, after):
    expected = stats.mannwhitneyu(before, after).statistic / (len(before) * len(after))
    assert superiority(counted(before), counted(after)) == pytest.approx(expected)


def test_a_ratio_of_nothing_is_no_number():
    assert np.isnan(ratios(np.array([[1.0, 0.0]]))[0])
    assert ratios(np.array([[1.0, 4.0]]))[0] == 0.25
