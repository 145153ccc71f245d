"""Whom a comparison follows: windows by local start, the same follow-up for both, returns in flight apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from mining.cohort import Attribute, Cohort
from mining.cohort.trims import TrimToPeriod
from pipeline.errors import UsageError
from proof.followed import follow
from proof.question import Question, RolloutStep, Side
from tests.proof.literal_returns import One, warehouse

BEFORE, AFTER = Side(date(2025, 1, 1), date(2025, 2, 1)), Side(date(2025, 2, 1), date(2025, 3, 1))
AS_OF = datetime(2025, 6, 1)


def at(day: int, month: int = 1) -> datetime:
    return datetime(2025, month, day, 12)


def ten_before() -> list[One]:
    """Ten returns of the first ten days of January; the n-th takes n days."""
    return [One(at(day), float(day)) for day in range(1, 11)]


def standings(con, question):
    return {(one.side, one.reason): one.returns for one in follow(con, question).standings}


def test_the_follow_up_is_what_the_returns_of_before_took():
    followed = follow(warehouse([*ten_before(), One(at(3, 2), 2.0)], AS_OF), Question(BEFORE, AFTER))
    # 95 % of 1..10 lies at 9.55, 99 % at 9.91: whole days from there; June 1 is 92 days after March 1.
    assert (followed.ripe_days, followed.horizon_days, followed.available_days) == (10, 10, 92)
    assert followed.ripe_on == date(2025, 3, 11)
    assert followed.is_ripe


def test_a_side_that_cannot_be_followed_long_enough_is_not_ripe():
    followed = follow(warehouse([*ten_before(), One(at(3, 2), 2.0)], datetime(2025, 3, 6)), Question(BEFORE, AFTER))
    assert (followed.horizon_days, followed.available_days, followed.is_ripe) == (5, 5, False)


def test_what_could_still_run_at_the_cut_over_stands_apart_by_its_start_alone():
    quick, late = One(at(30), 0.5), One(at(21), 8.0)
    found = standings(warehouse([*ten_before(), quick, late, One(at(3, 2), 2.0)], AS_OF), Question(BEFORE, AFTER))
    # The horizon is 10 days: starts from January 23 on would reach into February.
    assert found == {("before", "compared"): 11, ("before", "in flight at the cut-over"): 1, ("after", "compared"): 1}


def test_windows_are_local_dates_of_the_request():
    con = warehouse([One(datetime(2025, 1, 31, 23), 1.0), One(datetime(2025, 1, 5), 1.0)], AS_OF)
    con.execute("update event_log.cases set time_zone = 'Asia/Tokyo' where case_id = 'R1'")
    assert standings(con, Question(BEFORE, AFTER)) == {("before", "compared"): 1, ("after", "compared"): 1}


def test_items_later_than_the_follow_up_count_on_neither_side():
    con = warehouse([*ten_before(), One(at(3, 2), 2.0), One(at(4, 2), 60.0)], AS_OF)
    follow(con, Question(BEFORE, AFTER))
    assert con.execute("select side, count(*) from proof_items group by side order by side").fetchall() == [
        ("after", 1),
        ("before", 9),  # the tenth took ten days, and the follow-up ends before that
    ]


def test_returns_of_both_cohorts_belong_to_neither():
    one_period = date(2025, 1, 1), date(2025, 2, 1)
    portal = Cohort((Attribute("channel", ("portal",)),))
    con = warehouse([*ten_before(), One(at(5), 2.0, channel="e-mail")], AS_OF)
    found = standings(con, Question(Side(*one_period, portal), Side(*one_period)))
    assert found == {("before", "on both sides"): 10, ("after", "compared"): 1, ("after", "on both sides"): 10}


def test_a_rollout_has_its_own_cut_over_at_each_site():
    rollout = (RolloutStep("site", "S1", date(2025, 2, 10), "portal"),)
    after = [One(at(day, 2), 1.0, site=site) for day in (5, 20) for site in ("S1", "S2")]
    control = One(at(5), 1.0, site="S2")
    found = standings(warehouse([*ten_before(), control, *after], AS_OF), Question(BEFORE, AFTER, rollout))
    assert found == {
        ("before", "compared"): 10,
        ("before", "not rolled out"): 1,
        ("after", "compared"): 1,
        ("after", "not rolled out"): 2,
        ("after", "not rolled out yet"): 1,
    }


def test_rare_levels_of_an_attribute_stand_together():
    returns = [One(at(1) + timedelta(hours=n), 1.0, reason=f"reason {n // 2}") for n in range(20)]
    con = warehouse(returns, AS_OF)
    follow(con, Question(BEFORE, AFTER))
    levels = dict(con.execute("select reason, count(*) from proof_compared group by reason").fetchall())
    assert len(levels) == 8
    assert levels["all others"] == 6


def test_a_window_without_a_day_and_a_cohort_of_sections_are_refused():
    with pytest.raises(UsageError, match="has no day in it"):
        Side(date(2025, 2, 1), date(2025, 2, 1))
    with pytest.raises(UsageError, match="cuts returns down to sections"):
        Side(date(2025, 1, 1), date(2025, 2, 1), Cohort((TrimToPeriod(date(2025, 1, 1), None),)))
