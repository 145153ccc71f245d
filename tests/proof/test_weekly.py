"""The goals week by week around the cut-over, and their control charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mining.cohort import Attribute, Cohort
from proof.daily import lay_daily
from proof.laid import lay
from proof.question import Question, RolloutStep, Side
from proof.weekly import MOST_UNITS, REST, Series, Week, Weekly, weekly
from proof.xmr import control_chart
from tests.proof.literal_returns import One, warehouse
from tests.proof.literal_series import series_of

CUT_OVER = date(2025, 3, 3)
PORTAL = Cohort((Attribute("channel", ("portal",)),))
QUESTION = Question(Side(date(2025, 1, 6), CUT_OVER), Side(CUT_OVER, date(2025, 3, 31)))
AS_OF = datetime(2025, 12, 1)


def told(returns: list[One], question: Question = QUESTION) -> Weekly:
    laid = lay(warehouse(returns, AS_OF), question)
    return weekly(laid.connection, question, lay_daily(laid), laid.followed.horizon_days)


def on(day: date, days: float = 2.0, **what: str) -> One:
    return One(datetime(day.year, day.month, day.day, 12), days, **what)


def daily_returns(first: date, last: date, **what: str) -> list[One]:
    """One return a day that takes two days, but for the Mondays, which take three."""
    spans = range((last - first).days)
    days = [first + timedelta(days=span) for span in spans]
    return [on(day, 3.0 if day.weekday() == 0 else 2.0, **what) for day in days]


def test_weeks_run_from_the_first_return_of_the_log_around_the_cut_over():
    found = told(daily_returns(date(2024, 12, 28), date(2025, 4, 30)))
    [cycle, _] = found.series
    # The first days, Saturday and Sunday, are no whole week; the last week of after is the fourth.
    assert [cycle.weeks[0].start, cycle.weeks[-1].start] == [date(2024, 12, 30), date(2025, 3, 24)]
    assert [week.number for week in cycle.weeks] == list(range(-9, 4))
    # The longest return took 3 days: the follow-up ends before that, and so Mondays are not in it.
    assert found.horizon_days == 3
    assert {(week.n, week.value) for week in cycle.weeks} == {(6, 2.0)}


def test_weeks_whose_returns_could_still_run_at_the_cut_over_stand_in_between():
    [cycle, _] = told(daily_returns(date(2025, 1, 6), date(2025, 4, 30))).series
    phases = {week.number: week.phase for week in cycle.weeks}
    assert (phases[-2], phases[-1], phases[0]) == ("before", "in between", "after")


def test_units_sum_to_the_whole_and_the_smallest_stand_together():
    returns = [on(CUT_OVER - timedelta(days=day), entity=f"E{day % 20:02}") for day in range(1, 60)]
    [cycle, _] = told([*returns, *daily_returns(CUT_OVER, date(2025, 4, 1), entity="E00")]).series
    assert len(cycle.units) == MOST_UNITS + 1
    assert cycle.units[-1].unit == REST
    assert sum(week.n for unit in cycle.units for week in unit.weeks) == sum(week.n for week in cycle.weeks)


def test_a_roll_out_has_the_weeks_of_its_units_and_is_settled_with_the_last():
    rollout = (RolloutStep("site", "S1", CUT_OVER, "portal"), RolloutStep("site", "S2", date(2025, 3, 19), "portal"))
    returns = [
        one for site in ("S1", "S2", "S3") for one in daily_returns(date(2025, 1, 6), date(2025, 4, 30), site=site)
    ]
    found = told(returns, Question(QUESTION.before, Side(CUT_OVER, date(2025, 4, 28)), rollout))
    assert (found.cut_over, found.settled_on, found.unit_kind) == (CUT_OVER, date(2025, 3, 19), "site")
    [cycle, _] = found.series
    assert [unit.unit for unit in cycle.units] == ["S1", "S2"]
    assert [week.phase for week in cycle.weeks if -2 <= week.number <= 3] == [
        "before",
        "in between",
        "in between",
        "in between",
        "in between",  # the week in whose middle the second site changes
        "after",
    ]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        (Question(QUESTION.before, QUESTION.before), "one period"),
        (Question(QUESTION.before, replace(QUESTION.after, cohort=PORTAL)), "different cohorts"),
        (Question(QUESTION.before, QUESTION.after, (RolloutStep("site", "S1", date(2026, 1, 1), "x"),)), "No unit"),
    ],
)
def test_where_there_is_no_one_series_it_is_said(question, word):
    found = told(daily_returns(date(2025, 1, 6), date(2025, 4, 30)), question)
    assert (found.series, found.cut_over) == ((), None)
    assert word in found.words[0]


def test_percentiles_have_no_weekly_sums_and_a_share_has():
    goals = ("cycle_time_days.median", "rework_rate", "unclaimed_supplier_value")
    returns = daily_returns(date(2025, 1, 6), date(2025, 4, 30))
    returns[0] = One(returns[0].start, 2.0, shares={"rework_rate": 1.0})
    returns[1] = One(returns[1].start, 2.0, shares={"rework_rate": 0.0})
    found = told(returns, Question(QUESTION.before, QUESTION.after, goals=goals))
    assert [one.measure.name for one in found.series] == ["rework_rate", "unclaimed_supplier_value"]
    assert found.series[0].weeks[0].value == 0.5
    assert found.series[0].weeks[1].value is None
    assert found.series[1].weeks[0].value == 0.0  # nothing per return
    assert "percentiles have no weekly sums" in found.words[0]


def test_limits_are_the_mean_and_2_66_mean_moving_ranges_of_before():
    chart = control_chart(series_of([10, 12] * 4, [16.5, 11]))
    # Mean 11, moving ranges 2: 11 +- 5.32, ranges up to 6.536.
    assert (chart.centre, chart.low, chart.high, chart.range_high) == pytest.approx((11, 5.68, 16.32, 6.536))
    assert [point.signals for point in chart.points[-2:]] == [("beyond the limits",), ()]
    assert [point.moving_range for point in chart.points[:2]] == [None, 2.0]


def test_eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not():
    quiet, loud = (control_chart(series_of([10, 12] * 4, [10.5] * weeks)) for weeks in (7, 8))
    # The last week of before is above the centre.
    assert not any(point.signals for point in quiet.points)
    assert [point.signals for point in loud.points[8:]] == [("run on one side",)] * 8


def test_limits_stay_within_what_a_measure_can_be():
    chart = control_chart(series_of([0.1, 0.9] * 4, [0.5], unit="share"))
    assert (chart.low, chart.high) == (0.0, 1.0)


def test_too_few_weeks_have_no_limits_and_weeks_of_unequal_size_are_told():
    few = control_chart(series_of([10.0] * 7, [11.0]))
    assert (few.centre, few.words) == (None, ("Before has 7 whole weeks; limits need 8.",))
    series = series_of([10, 12] * 4, [20.0])
    thin = Week(1, CUT_OVER + timedelta(weeks=1), "after", 60, 3, 3)
    chart = control_chart(Series(series.measure, (*series.weeks, thin), ()))
    assert [point.is_thin for point in chart.points[-2:]] == [False, True]
    assert "weeks of 3 items and of 10" in chart.words[1]
    assert chart.words[2].startswith("1 of the signals")
