"""How long the returns of small worlds stay under way: by hand, against regression, and the cases that go wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from proof import leaving
from proof.laid import lay
from proof.question import Question, RolloutStep, Side
from proof.resample import Spread
from proof.survival import Survival, survival
from tests.proof.literal_returns import One, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 2, 1)), Side(date(2025, 2, 1), date(2025, 3, 1)))
AS_OF = datetime(2025, 6, 1)


def of(returns: list[One], question: Question = QUESTION, as_of: datetime = AS_OF) -> Survival:
    return survival(lay(warehouse(returns, as_of), question))


def small_world() -> list[One]:
    """Ten returns of January that take 1 to 10 days, two of them without a close; of February's eight, one is open."""
    fates = {3: "declined", 7: "cancelled"}
    before = [One(datetime(2025, 1, 5), float(days), fates.get(days, "closed")) for days in range(1, 11)]
    after = [One(datetime(2025, 2, 5), float(days)) for days in (1, 1, 2, 2, 3, 4, 5)]
    return [*before, *after, One(datetime(2025, 2, 5), None, "open")]


def curve(found, cohort):
    return next(one for one in found.curves if one.cohort == cohort)


def test_curves_by_hand():
    found = of(small_world()).elapsed
    before, after = curve(found, "before"), curve(found, "after")
    assert (found.clock, found.until_days, found.is_exact) == ("elapsed", 10, True)
    assert (before.returns, before.not_ended, after.returns, after.not_ended) == (10, 0, 8, 1)
    assert before.days == tuple(map(float, range(11)))
    assert before.under_way.share == pytest.approx([1 - days / 10 for days in range(11)])
    assert {one.fate: (one.returns, one.line.share[-1]) for one in before.endings} == {
        "closed": (8, pytest.approx(0.8)),
        "declined": (1, pytest.approx(0.1)),
        "cancelled": (1, pytest.approx(0.1)),
    }
    assert after.under_way.share == pytest.approx([1, 6 / 8, 4 / 8, 3 / 8, 2 / 8, 1 / 8, 1 / 8])
    assert after.days == (0, 1, 2, 3, 4, 5, 10)
    assert (before.median, after.median) == (5, 2)
    # The open one counts its ten days.
    assert (before.restricted_mean.value, after.restricted_mean.value) == pytest.approx((5.5, 28 / 8))
    assert found.mean_change.value == pytest.approx(28 / 8 - 5.5)


def test_those_still_followed_are_counted_just_before_each_day():
    found = of(small_world()).elapsed
    assert found.risk_days == (0, 2, 3, 5, 7, 8, 10)
    assert curve(found, "before").at_risk == (10, 9, 8, 6, 4, 3, 1)
    assert curve(found, "after").at_risk == (8, 6, 4, 2, 1, 1, 1)


def test_shares_closed_by_a_day_leave_out_other_ends():
    by_day = {one.day: one for one in of(small_world()).elapsed.closed_by}
    assert list(by_day) == [5, 10]
    assert (by_day[5].before.value, by_day[5].after.value) == pytest.approx((0.4, 7 / 8))
    assert (by_day[10].before.value, by_day[10].after.value) == pytest.approx((0.8, 7 / 8))
    assert by_day[5].change.value == pytest.approx(7 / 8 - 0.4)
    low, high = by_day[5].before.interval
    assert 0 < low < 0.4 < high < 1


def test_what_was_in_flight_has_a_curve_apart():
    found = of([*small_world(), *(One(datetime(2025, 1, 30), days) for days in (6.0, 8.0))]).elapsed
    apart = curve(found, "in flight at the cut-over")
    assert apart.returns == 2
    assert apart.days == (0, 6, 8, 10)
    assert apart.under_way.share == pytest.approx((1, 0.5, 0, 0))
    assert apart.restricted_mean.value == pytest.approx(7)
    assert curve(found, "before").returns == 10
    assert found.mean_change.value == pytest.approx(28 / 8 - 5.5)


def test_business_days_reach_as_far_as_the_horizon_surely_does():
    # In these worlds every day is a business day; ten elapsed days have six business days at least.
    found = of(small_world()).business
    assert (found.clock, found.until_days) == ("business", 6)
    before = curve(found, "before")
    assert before.not_ended == 4
    assert before.restricted_mean.value == pytest.approx((1 + 2 + 3 + 4 + 5 + 5 * 6) / 10)


def test_an_after_that_is_not_ripe_is_followed_as_far_as_it_goes():
    as_of = datetime(2025, 3, 4)
    returns = [
        *(One(datetime(2025, 1, 5), float(days)) for days in range(1, 11)),
        One(datetime(2025, 2, 26), 2.0),
        One(datetime(2025, 2, 26), None, "open"),
        One(datetime(2025, 2, 28), 1.0),
        One(datetime(2025, 2, 28), None, "open"),
    ]
    found = of(returns, as_of=as_of).elapsed
    # Those of the 26th are followed for six days, those of the 28th for four.
    after = curve(found, "after")
    assert found.until_days == 6
    assert after.under_way.share == pytest.approx((1, 3 / 4, 2 / 4, 2 / 4))
    assert after.days == (0, 1, 2, 6)
    assert after.at_risk == (4, 4, 3, 2, 2, 1, 1)


def test_before_is_followed_up_to_its_cut_over():
    rollout = (RolloutStep("site", "S1", date(2025, 1, 10), "portal"), RolloutStep("site", "S2", date(2025, 2, 1), "x"))
    before = [One(datetime(2025, 1, 5), days, site=site) for days in (2.0, 8.0) for site in ("S1", "S2")]
    after = [One(datetime(2025, 2, 26), days, site="S2") for days in (1.0, 4.0)]
    # As of March 3 the follow-up of all is two days; the site S1 of before has five up to its cut-over.
    found = of([*before, *after], replace(QUESTION, rollout=rollout), datetime(2025, 3, 3, 12)).elapsed
    assert found.until_days == 4
    laid = lay(warehouse([*before, *after], datetime(2025, 3, 3, 12)), replace(QUESTION, rollout=rollout))
    leaving.lay_spans(laid.connection, laid.question, "elapsed", 7)
    spans = laid.connection.execute("select days, fate_no from proof_spans where cohort_no = 0 order by days")
    assert spans.fetchall() == [(2, 0), (2, 0), (5, 3), (7, 3)]


def customers(seed: int = 3) -> list[One]:
    """Five hundred returns of forty customers, each with its own pace; those of February are two days faster."""
    random = np.random.default_rng(seed)
    paces = random.normal(0, 2, 40)
    made = []
    for _ in range(500):
        customer = int(random.integers(40))
        start = datetime(2025, 1, 1) + timedelta(days=float(random.uniform(0, 58)))
        days = max(0.5, 9 + paces[customer] + random.normal(0, 2) - (2 if start >= datetime(2025, 2, 1) else 0))
        made.append(One(start, round(days, 3), "closed" if random.random() < 0.9 else "declined", f"C{customer}"))
    return made


def test_differences_have_the_errors_of_clustered_regression(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("proof.effects.weeks_spread", lambda *_: Spread(1.0, 39))
    laid = lay(warehouse(customers(), AS_OF), QUESTION)
    found = survival(laid).elapsed
    query = """
        select side = 'after', cluster_no, lasted_days, fate = 'closed' from proof_compared where standing = 'compared'
    """
    frame = pd.DataFrame(laid.connection.execute(query).fetchall(), columns=["after", "customer", "lasted", "closed"])
    frame["after"] = frame["after"].astype(float)
    frame["days"] = frame["lasted"].clip(upper=found.until_days)
    frame["by_ten"] = (frame["closed"] & (frame["lasted"] <= 10)).astype(float)
    by_ten = next(one for one in found.closed_by if one.day == 10)
    for column, change in (("days", found.mean_change), ("by_ten", by_ten.change)):
        fitted = smf.ols(f"{column} ~ after", frame).fit(cov_type="cluster", cov_kwds={"groups": frame["customer"]})
        assert change.value == pytest.approx(fitted.params["after"])
        assert change.error == pytest.approx(fitted.bse["after"], rel=0.12)  # the draws have an error of their own
    assert found.more_ended.value > 0
    assert found.more_ended.p_value < 0.05


def test_bands_are_as_wide_as_the_customers_are_alike(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("proof.effects.weeks_spread", lambda *_: Spread(1.0, 39))
    alike, lone = customers(), [replace(one, customer=None) for one in customers()]
    widths = []
    for returns in (alike, lone):
        before = curve(of(returns).elapsed, "before")
        middle = np.argmin(np.abs(np.array(before.under_way.share) - 0.5))
        widths.append(before.under_way.high[middle] - before.under_way.low[middle])
    assert widths[0] > 1.3 * widths[1]


def test_many_returns_are_told_by_the_hour(monkeypatch):
    exact = of(customers()).elapsed
    monkeypatch.setattr(leaving, "MOST_MOMENTS", 100)
    by_hour = of(customers()).elapsed
    assert exact.is_exact
    assert not by_hour.is_exact
    assert all(round(day * 24, 6).is_integer() for one in by_hour.curves for day in one.days)
    for cohort in ("before", "after"):
        pair = [curve(one, cohort).restricted_mean.value for one in (exact, by_hour)]
        assert pair[0] == pytest.approx(pair[1], abs=1 / 48)


def test_the_same_question_has_the_same_answer():
    assert of(customers()) == of(customers())


def test_a_side_without_returns_leaves_nothing_to_compare():
    found = of(small_world(), Question(QUESTION.before, Side(date(2025, 4, 1), date(2025, 5, 1)))).elapsed
    assert [one.cohort for one in found.curves] == ["before"]
    assert found.mean_change is None
    assert found.more_ended is None
    assert found.closed_by[0].after.value is None


def test_one_customer_alone_has_no_intervals():
    found = of([replace(one, customer="C1") for one in small_world()]).elapsed
    assert found.mean_change is None
    assert curve(found, "before").restricted_mean.value == pytest.approx(5.5)
    assert curve(found, "before").restricted_mean.interval is None
