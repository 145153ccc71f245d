"""What weeks add to the error of a roll-out: nothing where they are alike, more where a unit has its own spells."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from proof.resample import Spread
from proof.rollout_spells import rollout_spread
from proof.staggered import Rows, stack

DAY, NEVER, WEEKS, EACH = date(2025, 5, 5), 100_000, range(-12, 12), 5


def spread(values: np.ndarray, weeks: range = WEEKS) -> Spread:
    """Return the spread of one group and its controls; `values` is columns x weeks x returns of as many customers."""
    column, week, customer = (one.ravel() for one in np.indices(values.shape))
    told = np.array((-1, NEVER))[column], np.array(weeks)[week], customer + EACH * column
    rows = Rows(*told, values.ravel(), np.ones(values.size))
    one = stack(DAY, rows)
    return rollout_spread([one], [one.sums(2 * EACH).sum(axis=0)], 2 * EACH)


def even(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(8, 1, (2, len(WEEKS), EACH))


def test_the_change_and_what_all_share_in_a_week_have_no_part_in_it():
    plain, shifted = even(1), even(1)
    shifted[0, 12:] -= 3
    shifted += 4 * np.sin(np.arange(24) / 3)[:, None]
    assert spread(shifted).factor == pytest.approx(spread(plain).factor)
    assert spread(shifted).freedom == 4


def test_weeks_that_are_alike_widen_nothing_in_the_mean():
    found = np.array([spread(even(seed)).factor ** 2 for seed in range(300)])
    assert np.mean(found) == pytest.approx(1.0, abs=0.15)


def test_spells_of_one_unit_widen_it():
    waves = even(2)
    waves[0] += 2 * np.sin(np.arange(24) / 3)[:, None]
    assert spread(waves).reach > 2 * spread(even(2)).reach


def test_few_weeks_and_values_without_noise_add_nothing():
    assert spread(even(3)[:, 9:16], weeks=range(-3, 4)) == Spread(1.0, 9)
    assert spread(np.full((2, len(WEEKS), EACH), 8.0)) == Spread(1.0, 9)
