"""Differences in differences from sums: by hand, against regression, and against the reference library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from diff_diff import CallawaySantAnna

from proof.difference import difference
from proof.measures import Measure
from proof.resample import draw
from proof.staggered import AFTER, Rows, Stack, against_controls, effects, placebo, stack

DAY = date(2025, 5, 5)
MEASURE = Measure(
    "cycle_time_days.mean", "cycle_time_days", "", "mean", "Cycle time", "business days", "flow", "lower", "close"
)
NEVER = 100_000


def rows(told: list[tuple[int, int, float, int]], cluster: int = 0) -> Rows:
    """Return rows of (untouched weeks, week, mean, items)."""
    untouched, week, mean, n = (np.array(column) for column in zip(*told, strict=True))
    return Rows(untouched, week, np.full(week.size, cluster), mean * n, n.astype(float))


def whole(one: Stack) -> np.ndarray:
    return one.sums(1)[0]


def weekly(one: Stack) -> list[float]:
    """The effect in each week of one group, not a number where there is none."""
    return against_controls(whole(one), one.controls(), one.is_before).tolist()


def test_two_groups_and_two_weeks_are_the_difference_of_two_differences():
    one = stack(DAY, rows([(-1, -1, 10.0, 5), (-1, 0, 7.0, 8), (NEVER, -1, 6.0, 3), (NEVER, 0, 8.0, 4)]))
    values, sizes = effects([one], [whole(one)], [AFTER, range(-1, 0)])
    assert (values.tolist(), sizes.tolist()) == ([-5.0, 0.0], [8.0, 5.0])


def staggered() -> list[Stack]:
    """Three groups over four weeks: A changes in the third, B in the fourth, C never; each week weighs one item."""
    means = {"A": [10, 11, 9, 8], "B": [20, 21, 23, 20], "C": [5, 6, 7, 7]}

    def of(group: str, untouched: int, first: int, last: int) -> list[tuple[int, int, float, int]]:
        return [(untouched, week, mean, 1) for week, mean in enumerate(means[group], first) if week <= last]

    first = rows([*of("A", -1, -2, 1), *of("B", 1, -2, 0), *of("C", NEVER, -2, 1)])
    second = rows([*of("B", -1, -3, 0), *of("C", NEVER, -3, 0)])
    return [stack(DAY, first), stack(DAY, second)]


def test_those_that_have_not_changed_yet_are_controls_as_long_as_they_have_not():
    """A in its first week against B and C, in its second against C alone; B against C alone.

    B and C together mean 12.5, 13.5, 15: A is off them by -2.5, -2.5 and -6, a change of -3.5. A is off C alone by 5,
    5, .., 1: -4. B is off C by 15, 15, 16 (mean 15 1/3) and 13: -2 1/3.
    """
    stacks = staggered()
    assert stacks[0].controls().tolist() == [[True, True]] * 3 + [[False, True]]
    assert weekly(stacks[0]) == pytest.approx([0, 0, -3.5, -4.0])
    assert weekly(stacks[1])[-1] == pytest.approx(-7 / 3)
    values, _ = effects(stacks, [whole(one) for one in stacks], [AFTER, range(0, 1)])
    assert values == pytest.approx([(-3.5 - 4.0 - 7 / 3) / 3, (-3.5 - 7 / 3) / 2])


def test_weeks_before_have_the_weight_of_the_group_in_their_mean():
    never = [(NEVER, week, 0, 7) for week in (-2, -1, 0)]
    one = stack(DAY, rows([(-1, -2, 10, 3), (-1, -1, 14, 1), (-1, 0, 9, 1), *never]))
    assert weekly(one)[-1] == pytest.approx(9 - (3 * 10 + 14) / 4)


def test_nobody_left_to_compare_with_has_no_effect():
    one = stack(DAY, rows([(-1, -1, 10, 1), (-1, 0, 9, 1), (-1, 1, 8, 1), (1, -1, 3, 1), (1, 0, 3, 1)]))
    assert weekly(one) == [0.0, -1.0, pytest.approx(np.nan, nan_ok=True)]
    values, sizes = effects([one], [whole(one)], [AFTER])
    assert (values.tolist(), sizes.tolist()) == ([-1.0], [1.0])


def cross_sections(seed: int = 4) -> pd.DataFrame:
    """Returns of six units over six periods, of unequal numbers; units change in 3, 3, 4, 5 and never."""
    random = np.random.default_rng(seed)
    made = [
        (unit, group, time, unit + 0.3 * time + random.normal() - (1.5 if group and time >= group else 0))
        for unit, group in enumerate([3, 3, 5, 0, 0, 4])
        for time in range(1, 7)
        for _ in range(int(random.integers(5, 20)))
    ]
    return pd.DataFrame(made, columns=["unit", "group", "time", "value"]).rename_axis("item").reset_index()


def stacked(frame: pd.DataFrame, group: int) -> Stack:
    chosen = frame[(frame["group"] == 0) | (frame["group"] >= group)]
    later = np.where(chosen["group"] == 0, NEVER, chosen["group"] - group)
    untouched = np.where(chosen["group"] == group, -1, later)
    week = (chosen["time"] - group).to_numpy()
    one = np.ones(week.size)
    return stack(DAY, Rows(untouched, week, np.zeros(week.size, int), chosen["value"].to_numpy(), one))


@pytest.mark.filterwarnings("ignore:panel=False")
def test_group_time_effects_are_those_of_the_reference_library():
    frame = cross_sections()
    reference = CallawaySantAnna(
        control_group="not_yet_treated", estimation_method="reg", panel=False, base_period="universal"
    ).fit(frame, outcome="value", unit="item", time="time", first_treat="group")
    for group in (3, 4, 5):
        one = stacked(frame, group)
        found = against_controls(whole(one), one.controls(), one.weeks == -1)
        expected = [reference.group_time_effects[group, group + at]["effect"] for at in one.weeks]
        assert found == pytest.approx(expected)


def two_by_two(seed: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    customers = random.normal(0, 1, 60)
    made = []
    for customer, pace in enumerate(customers):
        for _ in range(int(random.integers(4, 14))):
            after = int(random.integers(2))
            value = 8 + customer % 2 + pace + random.normal() + after * (0.5 - 1.5 * (customer % 2))
            made.append((customer, customer % 2, after, value))
    return pd.DataFrame(made, columns=["customer", "treated", "after", "value"])


def test_two_by_two_is_the_interaction_of_a_regression_with_its_clustered_error():
    frame = two_by_two()
    fitted = smf.ols("value ~ treated * after", frame).fit(cov_type="cluster", cov_kwds={"groups": frame["customer"]})
    told = Rows(
        np.where(frame["treated"] == 1, -1, NEVER),
        frame["after"].to_numpy() - 1,
        frame["customer"].to_numpy(),
        frame["value"].to_numpy(),
        np.ones(len(frame)),
    )
    found = difference(MEASURE, [(DAY, told)], 1, draw(60, "1"), ())
    assert found.overall.value == pytest.approx(fitted.params["treated:after"])
    assert found.overall.error == pytest.approx(fitted.bse["treated:after"], rel=0.08)
    assert found.uncompared == 0


def test_a_placebo_finds_nothing_of_a_change_and_all_of_a_trend():
    weeks = range(-12, 4)
    never = [(NEVER, week, 6, 5) for week in weeks]
    changed = stack(DAY, rows([*((-1, week, 10 - 3 * (week >= 0), 5) for week in weeks), *never]))
    assert placebo([changed], [whole(changed)], -6, 4) == pytest.approx(0)
    # Falling by a tenth a week: the mean of four weeks against that of the six before them.
    falling = stack(DAY, rows([*((-1, week, 10 - week / 10, 5) for week in weeks), *never]))
    assert placebo([falling], [whole(falling)], -6, 4) == pytest.approx(-0.5)
    assert placebo([falling], [whole(falling)], -9, 4) is None  # three weeks are too few to start from


def test_what_ran_apart_before_is_a_drift():
    told = [(-1, week, 10 - week / 10, 5) for week in range(-8, 2)], [(NEVER, week, 6.0, 5) for week in range(-8, 2)]
    both = [rows(one, cluster) for cluster, one in enumerate(told)]
    joined = Rows(*(np.concatenate([vars(one)[name] for one in both]) for name in vars(both[0])))
    assert difference(MEASURE, [(DAY, joined)], 4, draw(2, "1"), ()).drift is None  # one customer has no error
    doubled = Rows(*(np.concatenate([column, column]) for column in vars(joined).values()))
    doubled = replace(doubled, cluster=np.arange(4).repeat(10))
    assert difference(MEASURE, [(DAY, doubled)], 4, draw(4, "1"), ()).drift.value == pytest.approx(-0.1)
