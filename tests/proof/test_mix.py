"""Process and mix: hand-made worlds, exact sums, and a flip that the plain change hides."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from proof.kitagawa import split
from proof.laid import lay
from proof.measure_effects import measure_effects
from proof.mix import mixes
from proof.question import Question, Side
from proof.raking import weigh
from proof.verdicts import verdicts
from tests.proof.literal_returns import One, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 2, 1)), Side(date(2025, 3, 1), date(2025, 4, 1)))


def sums(rows):
    """Cells x sides x (numerator, denominator) from rows of (value before, n before, value after, n after)."""
    return np.array([[[v * n, n], [w * m, m]] for v, n, w, m in rows], dtype=float)


def test_kitagawa_by_hand():
    # Two levels: 4 and 10 days; both a day quicker after, but the slow level grew from a quarter to three quarters.
    process, mix = split(sums([(4, 30, 3, 10), (10, 10, 9, 30)])[None])
    assert process[0] == pytest.approx([-0.5, -0.5])  # a day less, at the mean share of a half
    assert mix[0].sum() == pytest.approx(3.0)  # half of all moved over 6 days of difference
    assert process.sum() + mix.sum() == pytest.approx(7.5 - 5.5)


@given(arrays.arrays(float, (1, 4, 2, 2), elements=st.floats(0.5, 50)))
def test_process_and_mix_add_up_to_the_change(some):
    whole = some.sum(axis=1)[0]
    change = whole[1, 0] / whole[1, 1] - whole[0, 0] / whole[0, 1]
    process, mix = split(some)
    assert process.sum() + mix.sum() == pytest.approx(change, abs=1e-9 * (1 + abs(whole[:, 0] / whole[:, 1]).max()))


def test_a_level_of_one_side_changes_the_mix_alone():
    process, _ = split(sums([(4, 10, 4, 10), (10, 0, 10, 10)])[None])
    assert process[0] == pytest.approx([0, 0])


def test_raking_by_one_attribute_is_direct_standardisation():
    some = sums([(4, 30, 3, 10), (10, 10, 9, 30)])[None]
    alike = weigh(some[..., 1], np.array([[0], [1]]))
    assert alike.change(some[..., 0], some[..., 1])[0] == pytest.approx(0.75 * 3 + 0.25 * 9 - 5.5)
    assert alike.common[0] == 1


def test_what_has_no_like_on_the_other_side_is_left_out_of_both():
    some = sums([(4, 30, 3, 10), (10, 10, 0, 0), (0, 0, 50, 5)])[None]
    alike = weigh(some[..., 1], np.array([[0], [1], [2]]))
    assert (alike.change(some[..., 0], some[..., 1])[0], alike.common[0]) == pytest.approx((3 - 4, 0.75))


def test_a_level_that_is_left_out_may_leave_the_next_without_its_like():
    """Each cell of before shares its row with one of after and its column with the next; the first row has none."""
    steps = range(12)
    cells = np.array([*((step, step) for step in steps), *((step + 1, step) for step in steps)])
    mass = np.array([*([1.0, 0.0] for _ in steps), *([0.0, 1.0] for _ in steps)])[None]
    assert weigh(mass, cells).common[0] == 0


def test_raking_meets_the_margins_of_two_attributes():
    random = np.random.default_rng(1)
    cells = np.array([[row, column] for row in range(3) for column in range(4)])
    mass = random.integers(1, 40, (12, 2)).astype(float)[None]
    alike = weigh(mass, cells)
    before, after = mass[0, :, 0] * alike.before[0], mass[0, :, 1] * alike.after[0]
    for column in cells.T:
        assert np.bincount(column, after) / after.sum() == pytest.approx(np.bincount(column, before) / before.sum())


def flipped() -> list[One]:
    """Every kind is a day quicker after, but the slow kind grew from one in five to four in five."""
    random = np.random.default_rng(3)
    made = []
    for month, slow_share, faster in ((1, 0.2, 0.0), (3, 0.8, 1.0)):
        for _ in range(300):
            slow = random.random() < slow_share
            days = (12 if slow else 5) + random.normal(0, 1) - faster
            start = datetime(2025, month, 1) + timedelta(days=float(random.uniform(0, 30)))
            made.append(
                One(start, round(days, 6), customer=f"C{random.integers(40)}", reason="slow" if slow else "fast")
            )
    return made


def test_a_mix_that_hides_the_process_is_shown_as_a_flip():
    laid = lay(warehouse(flipped(), datetime(2025, 12, 1)), QUESTION)
    effects = measure_effects(laid)
    words = dict(
        zip([one.measure.name for one in effects], verdicts(effects, mixes(laid, effects), laid.followed), strict=True)
    )
    assert words["cycle_time_days.mean"].word == "improved"
    assert words["cycle_time_days.median"].word == "not comparable"
    plain = next(effect for effect in effects if effect.measure.name == "cycle_time_days.mean")
    mix = mixes(laid, effects)["cycle_time_days.mean"]
    assert plain.change.value > 2
    assert mix.flips
    assert mix.process.interval[0] < -1 < mix.process.interval[1] < 0
    assert mix.process.value + mix.mix.value == pytest.approx(plain.change.value)
    reason = next(one for one in mix.attributes if one.attribute == "reason")
    assert reason.process.value == pytest.approx(-1, abs=0.3)
    assert reason.process.value + reason.mix.value == pytest.approx(plain.change.value)
    assert {level.level for level in reason.levels} == {"slow", "fast"}
