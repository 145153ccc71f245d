"""What spells of weeks add to an error: exact where weeks are alike, more where there are waves, never too little."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from proof.resample import weeks_spread
from proof.spells import factor_and_freedom, waves_of, widening

WEEKS = 12
NOISE = np.array([0.02, 0.03])


def weekly(added: np.ndarray, each: int = 25) -> np.ndarray:
    """Sums of `each` returns a week, twelve weeks before and twelve after, about 8 days and what each week adds."""
    sums = np.zeros((2 * WEEKS, 2, 2))
    for week, more in enumerate(added):
        sums[week, int(week >= WEEKS)] = (each * (8 + more), each)
    return sums


def even_weeks(random: np.random.Generator) -> np.ndarray:
    """Weeks that differ by the noise of their items alone."""
    side = (np.arange(2 * WEEKS) >= WEEKS).astype(int)
    return weekly(random.normal(0, np.sqrt(NOISE[side] * WEEKS)))


def test_the_number_of_waves_is_that_of_the_source():
    assert [waves_of(weeks) for weeks in (8, 24, 52, 104, 208)] == [3, 4, 6, 9, 15]


def test_where_weeks_are_alike_the_widening_is_chi_square():
    random = np.random.default_rng(4)
    found = np.array([widening(even_weeks(random), NOISE)[0] for _ in range(2_000)])
    assert stats.kstest(4 * found, stats.chi2(4).cdf).pvalue > 0.01


def test_neither_mean_has_a_part_in_it():
    random = np.random.default_rng(5)
    sums = even_weeks(random)
    shifted = sums.copy()
    shifted[:, 1, 0] += 3 * shifted[:, 1, 1]
    assert widening(shifted, NOISE)[0] == pytest.approx(widening(sums, NOISE)[0])


def test_what_both_sides_share_in_a_week_cancels():
    random = np.random.default_rng(6)
    own, shared = random.normal(0, 0.3, (2 * WEEKS, 2)), 5 * np.sin(np.arange(2 * WEEKS) / 3)
    alone, together = (
        np.stack([25 * (8 + own + more), np.full_like(own, 25)], axis=-1) for more in (0.0, shared[:, None])
    )
    assert widening(together, NOISE)[0] == pytest.approx(widening(alone, NOISE)[0])


def test_it_is_a_sum_of_squares_that_a_shared_unit_leaves_alone():
    sums = even_weeks(np.random.default_rng(7))
    hours = sums * np.array([24.0, 1.0])
    assert widening(hours, NOISE * 24**2)[0] == pytest.approx(widening(sums, NOISE)[0])


def test_flat_waves_leave_the_interval_of_the_clusters():
    factor, freedom = factor_and_freedom(0.0, 4, 60)
    assert (factor * stats.t.ppf(0.975, 4), freedom) == pytest.approx((stats.t.ppf(0.90, 59), 4))
    assert factor_and_freedom(9.0, 4, 60) == pytest.approx((3.0, 4))
    assert factor_and_freedom(9.0, 4, 3)[1] == 2


def test_waves_widen_an_error_more_than_even_weeks():
    random = np.random.default_rng(1)
    clusters = np.zeros((60, 2, 2))
    clusters[..., 1] = 5.0
    clusters[..., 0] = 5 * (8 + random.normal(0, 1, (60, 2)))
    pairs = np.zeros((300, 2, 2))
    pairs[:, :, 1] = 1
    pairs[:, :, 0] = 8 + random.normal(0, 2, (300, 2))
    even = weeks_spread(weekly(random.normal(0, 0.3, 2 * WEEKS)), pairs, clusters, 60)
    wave = weeks_spread(weekly(2 * np.sin(np.arange(2 * WEEKS) / 3)), pairs, clusters, 60)
    assert wave.reach > 1.5 * even.reach
    assert (even.freedom, wave.freedom) == (4, 4)


def test_fewer_than_eight_weeks_add_nothing():
    sums = weekly(np.zeros(2 * WEEKS))
    sums[:9] = sums[15:] = 0
    assert weeks_spread(sums, sums, sums, 24).factor == 1.0


def test_waves_that_the_means_leave_nothing_of_are_no_freedom():
    sums = np.zeros((4, 2, 2))
    for week, (side, days) in enumerate(((0, 7.0), (0, 9.0), (1, 8.0), (1, 9.0))):
        sums[week, side] = (25 * days, 25)
    found, waves = widening(sums, NOISE)
    assert waves == 2
    assert found == pytest.approx((1.0**2 / NOISE[0] + 0.5**2 / NOISE[1]) / 2)
