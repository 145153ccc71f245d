"""What spells of weeks add to an error: their likelihood against scipy, their limits, more where there are waves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from proof.resample import weeks_spread
from proof.spells import MEMORIES, NEW, Spells, prior, reach_and_freedom, spells

WEEKS = 12


def weekly(added: np.ndarray, each: int = 25) -> np.ndarray:
    """Sums of `each` returns a week, twelve weeks before and twelve after, about 8 days and what each week adds."""
    sums = np.zeros((2 * WEEKS, 2, 2))
    for week, more in enumerate(added):
        sums[week, int(week >= WEEKS)] = (each * (8 + more), each)
    return sums


def test_the_weights_are_those_of_error_contrasts():
    random = np.random.default_rng(3)
    sums, noise = weekly(random.normal(0, 0.5, 2 * WEEKS)), np.array([0.02, 0.03])
    means = sums.sum(axis=1)[:, 0] / 25
    side = (np.arange(2 * WEEKS) >= WEEKS).astype(int)
    expected = (noise * 25 * WEEKS)[side] / 25
    design = np.stack([side == 0, side == 1], axis=1).astype(float)
    kept = np.linalg.svd(design, full_matrices=True)[0][:, 2:]
    likely = np.empty((MEMORIES.size, NEW.size))
    for row, memory in enumerate(MEMORIES):
        alike = memory ** np.abs(np.subtract.outer(np.arange(24), np.arange(24)))
        for column, new in enumerate(NEW):
            covariance = np.diag(expected) + new**2 / (1 - memory**2) * expected.mean() * alike
            likely[row, column] = stats.multivariate_normal(cov=kept.T @ covariance @ kept).logpdf(kept.T @ means)
    weights = np.exp(likely - likely.max()) * prior()
    assert spells(sums, noise).weight == pytest.approx((weights / weights.sum()).ravel(), rel=1e-6)


def test_without_spells_the_reach_is_students():
    assert reach_and_freedom(Spells(np.ones(1), np.zeros(1)), 4.0, 30) == pytest.approx(
        (2 * stats.t.ppf(0.975, 30), 30)
    )


def test_a_mixture_reaches_as_far_as_its_tails():
    found = Spells(np.array([0.5, 0.5]), np.array([0.0, 8.0]))
    reach, freedom = reach_and_freedom(found, 1.0, 200)
    tail = 0.5 * stats.t.sf(reach, 200) + 0.5 * stats.t.sf(reach / 3, 200)
    assert tail == pytest.approx(0.025, rel=1e-4)
    assert 1 <= freedom < 200


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
    unwidened = float(stats.t.ppf(0.975, 59))
    assert unwidened < even.reach < 1.6 * unwidened
    assert wave.reach > 1.5 * even.reach
    assert max(even.freedom, wave.freedom) <= 59


def test_fewer_than_eight_weeks_add_nothing():
    sums = weekly(np.zeros(2 * WEEKS))
    sums[:9] = sums[15:] = 0
    assert weeks_spread(sums, sums, sums, 24).factor == 1.0
