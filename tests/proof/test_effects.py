"""Effects of hand-made worlds: their values, their errors against statsmodels, and what is called of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from proof.comparison import Comparison, compare
from proof.effects import Effect, SideValue, ratio_effect
from proof.followed import Followed
from proof.headline import headline
from proof.measures import Measure
from proof.question import Question, Side
from proof.resample import draw, estimate
from proof.sums import Sums
from proof.verdicts import verdicts
from tests.bench.known_effects.ground import MEASURES
from tests.proof.literal_returns import One, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 3, 1)), Side(date(2025, 4, 1), date(2025, 6, 1)))
AS_OF = datetime(2025, 12, 1)
MEASURE = Measure("m", "m", "", "mean", "A mean", "days", "flow", "lower", "close")


def world(faster: float, seed: int = 1, returns: int = 600) -> list[One]:
    """Returns of thirty customers, each with its own pace, spread over both windows; those of after are faster."""
    random = np.random.default_rng(seed)
    paces = random.normal(0, 1, 30)
    made = []
    for _ in range(returns):
        start = datetime(2025, 1, 1) + timedelta(days=float(random.uniform(0, 150)))
        customer = int(random.integers(30))
        days = max(0.5, 8 + paces[customer] + random.normal(0, 2) - (faster if start >= datetime(2025, 4, 1) else 0))
        shares = {"rework_rate": float(random.random() < 0.2)}
        made.append(One(start, round(days, 6), customer=f"C{customer}", shares=shares))
    return made


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare(warehouse(world(1.5), AS_OF), QUESTION)


def cycle_times(returns: list[One], horizon: int) -> pd.DataFrame:
    windows = [(side.start, side.end) for side in (QUESTION.before, QUESTION.after)]
    rows = [
        (one.days, one.start.date() >= QUESTION.after.start, one.customer, one.shares["rework_rate"])
        for one in returns
        if one.days is not None and one.days < horizon
        if any(start <= one.start.date() < end for start, end in windows)
    ]
    return pd.DataFrame(rows, columns=["days", "after", "customer", "rework"])


def test_values_are_those_of_the_returns(compared):
    frame = cycle_times(world(1.5), compared.followed.horizon_days)
    sides = frame.groupby("after")["days"]
    for statistic, expected in (("mean", sides.mean()), ("median", sides.median()), ("p90", sides.quantile(0.9))):
        effect = compared.of(f"cycle_time_days.{statistic}").effect
        assert effect.before.value == pytest.approx(expected[False])
        assert effect.after.value == pytest.approx(expected[True])
        assert effect.change.value == pytest.approx(expected[True] - expected[False])
        assert effect.before.n == (~frame["after"]).sum()


def test_the_interval_is_that_of_clustered_regression(compared):
    frame = cycle_times(world(1.5), compared.followed.horizon_days)
    frame["treated"] = frame["after"].astype(float)
    codes = frame["customer"].astype("category").cat.codes
    for measure, column in (("cycle_time_days.mean", "days"), ("rework_rate", "rework")):
        fitted = smf.ols(f"{column} ~ treated", frame).fit(cov_type="cluster", cov_kwds={"groups": codes})
        change = compared.of(measure).effect.change
        assert change.value == pytest.approx(fitted.params["treated"])
        # The weeks may only widen it; the draws have an error of their own.
        low, high = change.interval
        assert 0.93 < (high - low) / 2 / (1.96 * fitted.bse["treated"]) < 1.4


def test_a_planted_change_is_called_and_stands_in_its_interval(compared):
    cycle = compared.of("cycle_time_days.mean")
    low, high = cycle.change.interval
    assert cycle.verdict.word == "improved"
    assert low < -1.5 < high < 0
    assert cycle.effect.quicker.value > 0
    assert cycle.effect.relative_interval[0] < cycle.effect.relative < cycle.effect.relative_interval[1] < 0
    assert compared.of("rework_rate").verdict.word == "no clear change"


def test_a_change_for_the_worse_is_called_so():
    assert compare(warehouse(world(-1.5), AS_OF), QUESTION).of("cycle_time_days.mean").verdict.word == "worsened"


def test_nothing_is_called_of_equal_halves():
    called = [
        judged.verdict.word
        for seed in range(4)
        for judged in compare(warehouse(world(0.0, seed, 200), AS_OF), QUESTION).judged
        if judged.verdict.word in ("improved", "worsened")
    ]
    assert len(called) <= 1


def test_the_same_question_has_the_same_answer(compared):
    assert compare(warehouse(world(1.5), AS_OF), QUESTION) == compared


def test_an_after_that_cannot_be_followed_is_too_early():
    early = compare(warehouse(world(1.5), datetime(2025, 6, 3)), QUESTION)
    words = {judged.verdict.word for judged in early.judged}
    assert words == {"too early", "not comparable"}
    assert early.followed.ripe_on > date(2025, 6, 3)


def test_too_few_items_or_customers_are_not_comparable():
    few = compare(warehouse(world(1.5, returns=30), AS_OF), QUESTION)
    assert few.of("cycle_time_days.mean").verdict.why.endswith("20 are needed")
    lone = [replace(one, customer="C0") for one in world(1.5)]
    assert "independent units" in compare(warehouse(lone, AS_OF), QUESTION).of("cycle_time_days.mean").verdict.why


def test_figures_of_one_instant_are_not_comparable(compared):
    assert compared.of("open_returns").verdict.word == "not comparable"


def test_a_season_is_named_unless_before_is_of_the_same_weeks(compared):
    assert "A season would be in this too" in headline(compared)
    year_before = replace(QUESTION, before=Side(date(2024, 4, 2), date(2024, 6, 2)))
    assert "season" not in headline(replace(compared, question=year_before))


def test_an_empty_side_has_no_values():
    nobody = compare(warehouse(world(1.5), AS_OF), Question(QUESTION.before, Side(date(2025, 8, 1), date(2025, 9, 1))))
    cycle = nobody.of("cycle_time_days.mean")
    assert cycle.effect.after.value is None
    assert cycle.verdict.word == "not comparable"


def test_a_change_that_only_many_measures_take_back_says_so() -> None:
    side = SideValue(8.0, 600, 0, 1.0, 30)
    effects = [
        Effect(replace(MEASURE, name=f"m{number}"), side, side, estimate(-1.0, error, 28))
        for number, error in enumerate((0.45, 2.0, 2.0, 2.0))
    ]
    alone, *others = verdicts(effects, {}, Followed(30, 30, 30, None, None, ()))
    assert alone.word == "no clear change"
    assert alone.why == "alone it would be beyond chance, among so many measures it is not"
    assert {one.why for one in others} == {"it is within what chance alone would bring"}
    [called] = verdicts(effects[:1], {}, Followed(30, 30, 30, None, None, ()))
    assert (called.word, called.why) == ("improved", "it is beyond what chance alone would bring")


def test_a_share_that_may_be_anything_has_no_interval() -> None:
    """Two customers, one a million times the other: what is told in the unit stays, the share is not told."""
    side, cluster = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    items = np.array([1.0, 99.0, 99.0, 1.0])
    days = items * np.array([1e-3, 1e3, 1e3, 1e-3])
    sums = Sums(side, cluster, np.zeros(4, dtype=int), days, items, np.array([[100, 0, 0], [100, 0, 0]]))
    found = ratio_effect(MEASURES[0], sums, draw(2, "1"))
    assert found.change is not None
    assert found.relative is not None
    assert found.relative_interval is None
