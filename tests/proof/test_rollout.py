"""A roll-out from the returns of a warehouse: who is compared with whom, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from proof.comparison import compare
from proof.headline import headline
from proof.laid import lay
from proof.question import Question, RolloutStep, Side
from proof.rollout import Rollout, rollout
from tests.proof.literal_returns import One, warehouse

ON = date(2025, 4, 7)
BEFORE, AFTER = Side(date(2025, 1, 6), ON), Side(ON, date(2025, 6, 2))
AS_OF = datetime(2025, 12, 1)
SITE = (RolloutStep("site", "S1", ON, "portal"),)


def told(returns: list[One], question: Question) -> Rollout:
    return rollout(lay(warehouse(returns, AS_OF), question))


def daily(site: str, before: float, after: float, flight: float, first: date = BEFORE.start) -> list[One]:
    """One return a day until June: those of before take `before` days, from a week before the change on `flight`."""
    made = []
    for number in range((AFTER.end - first).days):
        day = first + timedelta(days=number)
        days = after if day >= ON else flight if day > ON - timedelta(days=10) else before
        customer = f"C{site}{number % 9}"
        made.append(One(datetime(day.year, day.month, day.day, 12), days, site=site, customer=customer))
    return made


def test_two_sites_are_the_difference_of_their_differences_without_what_was_in_flight():
    # The longest of before takes 9.5 days: ten days of follow-up, in which those in flight at 1 and 9 are apart.
    found = told([*daily("S1", 9.5, 7.0, 1.0), *daily("S2", 6.0, 8.0, 9.0)], Question(BEFORE, AFTER, SITE))
    [cycle, credit] = found.differences
    assert cycle.overall.value == pytest.approx((7.0 - 9.5) - (8.0 - 6.0))
    assert cycle.overall.error == pytest.approx(0, abs=1e-9)
    assert [(one.unit, one.changed_on, one.before, one.after) for one in cycle.units] == [
        ("S1", ON, 9.5, 7.0),
        ("S2", None, 6.0, 8.0),
    ]
    assert credit.overall is None
    assert "no returns of the units" in credit.words[0]
    assert found.words[:1] == ("1 site changed and 1 did not.",)
    assert "cannot be told from the change" in found.words[1]


def test_the_sentence_on_top_names_the_goal_that_the_roll_out_is_told_of():
    returns = [*daily("S1", 9.5, 7.0, 1.0), *daily("S2", 6.0, 8.0, 9.0)]
    goals = ("credit_lag_days.mean", "cycle_time_days.mean")
    found = compare(warehouse(returns, AS_OF), Question(BEFORE, AFTER, SITE, goals=goals))
    assert "Cycle time: Against units that had not changed, the change is " in headline(found)


def test_a_site_that_changes_later_is_a_control_until_its_returns_could_run_into_it():
    later = date(2025, 5, 12)
    rollout_of_two = (*SITE, RolloutStep("site", "S2", later, "portal"))
    # S2 is at 6 for as long as it is a control of S1, and at 0.5 in flight.
    second = [
        One(
            one.start,
            4.0 if one.start.date() >= later else 0.5 if one.start.date() > later - timedelta(days=10) else 6.0,
            site="S2",
        )
        for one in daily("S2", 6.0, 6.0, 6.0)
    ]
    found = told([*daily("S1", 9.5, 7.0, 9.5), *second], Question(BEFORE, AFTER, rollout_of_two))
    [cycle, _] = found.differences
    assert [(one.period, one.effect) for one in cycle.group_times if one.n and one.period >= 0] == [
        (0, pytest.approx(-2.5))
    ]
    # S2 is told from S1 for three weeks; nobody is left for the other five of S1, and for the three of S2 after it.
    assert cycle.uncompared == 5 * 7
    assert "35 of the items after a change came when nobody was left" in cycle.words[-1]


@pytest.mark.parametrize("days_later", [7, 28])
def test_a_site_that_changes_before_returns_could_run_out_is_no_part_of_those_that_changed_first(days_later: int):
    # Returns run up to ten days and more: those of S2 are never untouched for a week after the change of S1.
    steps = (*SITE, RolloutStep("site", "S2", ON + timedelta(days=days_later), "portal"))
    returns = [*daily("S1", 29.5, 7.0, 29.5), *daily("S2", 2.0, 2.0, 2.0), *daily("S3", 6.0, 6.0, 6.0)]
    [cycle, _] = told(returns, Question(BEFORE, AFTER, steps)).differences
    assert {(one.changed_on, round(one.effect, 9)) for one in cycle.group_times if one.period >= 0} == {
        (ON, -22.5),
        (steps[1].on, 0),
    }


def test_a_site_that_had_changed_before_is_neither_changed_nor_a_control():
    early = (*SITE, RolloutStep("site", "S3", date(2024, 6, 1), "portal"))
    returns = [*daily("S1", 9.5, 7.0, 9.5), *daily("S2", 6.0, 6.0, 6.0), *daily("S3", 1.0, 9.0, 1.0)]
    [cycle, _] = told(returns, Question(BEFORE, AFTER, early)).differences
    assert cycle.overall.value == pytest.approx(-2.5)


def test_returns_of_no_site_are_nobodys_controls():
    nowhere = [replace(one, site=None) for one in daily("S3", 1.0, 9.0, 1.0)]
    returns = [*daily("S1", 9.5, 7.0, 9.5), *daily("S2", 6.0, 6.0, 6.0), *nowhere]
    [cycle, _] = told(returns, Question(BEFORE, AFTER, SITE)).differences
    assert cycle.overall.value == pytest.approx(-2.5)
    assert [one.unit for one in cycle.units] == ["S1", "S2"]


def test_sums_are_told_per_return():
    con = warehouse([*daily("S1", 9.5, 7.0, 9.5), *daily("S2", 6.0, 6.0, 6.0)], AS_OF)
    con.execute(
        """
        insert into marts.kpi_items
        select 'unclaimed_supplier_value', null, case_id, case_id, requested_at, 100, null, null, null, false
        from event_log.cases
        where site = 'S1' and requested_at >= $on
        """,
        {"on": ON},
    )
    question = Question(BEFORE, AFTER, SITE, goals=("unclaimed_supplier_value",))
    [unclaimed] = rollout(lay(con, question)).differences
    assert unclaimed.overall.value == pytest.approx(100)
    assert [(one.before, one.after) for one in unclaimed.units] == [(0, 100)]


def noisy(effect: float, drift: float = 0.0, seed: int = 3) -> list[One]:
    """Returns of sixty customers at four entities, three of which change one after the other."""
    random = np.random.default_rng(seed)
    paces, made = random.normal(0, 1, 60), []
    changes = {step.unit: step.on for step in STEPS}
    for _ in range(1500):
        since = float(random.uniform(0, 196))
        start, customer = datetime(2025, 1, 6) + timedelta(days=since), int(random.integers(60))
        entity = f"E{customer % 4}"
        days = 8 + customer % 4 + paces[customer] + random.normal(0, 1.5)
        if entity in changes:
            days += drift * since / 7 - (effect if start.date() >= changes[entity] else 0)
        made.append(One(start, round(max(0.5, days), 6), customer=f"C{customer}", entity=entity))
    return made


STEPS = tuple(
    RolloutStep("entity", f"E{number}", on, "portal")
    for number, on in enumerate((date(2025, 4, 7), date(2025, 5, 5), date(2025, 6, 2)))
)
STAGGERED = Question(BEFORE, Side(ON, date(2025, 7, 21)), STEPS)


def test_a_planted_staggered_change_is_found_and_earlier_days_find_none():
    cycle = told(noisy(1.5), STAGGERED).differences[0]
    low, high = cycle.overall.interval
    assert low < -1.5 < high < 0
    assert cycle.drift.interval[0] < 0 < cycle.drift.interval[1]
    assert cycle.pre_trend > 0.05
    assert cycle.period_weeks == 4
    assert {one.period >= 0 and one.effect.interval[1] < 0 for one in cycle.periods if abs(one.period) <= 1} == {
        True,
        False,
    }
    assert len(cycle.placebos) >= 5
    assert max(abs(one.effect) for one in cycle.placebos) < 1.0
    assert cycle.words[1].startswith("Before the change units and controls ran alike")
    assert cycle.words[2].endswith("none gives an effect as large.")


def test_units_that_were_already_falling_are_told():
    cycle = told(noisy(0.0, drift=-0.5), STAGGERED).differences[0]
    assert cycle.overall.value < -1
    # Units that change later fall as well while they are controls: less than half a day a week is seen.
    assert -0.5 < cycle.drift.value < cycle.drift.interval[1] < 0
    assert "already ran apart by" in cycle.words[1]


def test_the_same_question_has_the_same_answer():
    assert told(noisy(1.5), STAGGERED) == told(noisy(1.5), STAGGERED)


def test_without_a_roll_out_or_without_controls_it_is_said():
    assert "No roll-out is given" in told(daily("S1", 9.5, 7.0, 9.5), Question(BEFORE, AFTER)).words[0]
    alone = told(daily("S1", 9.5, 7.0, 9.5), Question(BEFORE, AFTER, SITE)).differences[0]
    assert (alone.overall, alone.placebos) == (None, ())
    assert "there are no controls" in alone.words[0]
    never = told(
        daily("S1", 9.5, 7.0, 9.5), Question(BEFORE, AFTER, (RolloutStep("site", "S1", date(2026, 1, 1), "x"),))
    )
    assert (never.differences, "No unit of the roll-out" in never.words[0]) == ((), True)
