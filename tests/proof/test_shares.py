"""Shares of returns: the error is that of clustered regression, rare things are exact, one customer's are not news."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mining.causes.intervals import difference
from proof.laid import Laid, lay
from proof.question import Question, Side
from proof.ratio_change import linear_change
from proof.shares import ShareChange, Shares, share_changes
from proof.sums import Sums
from tests.proof.literal_returns import One, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 3, 1)), Side(date(2025, 4, 1), date(2025, 6, 1)))
MARKS = "select case_id, 'thing' as kind, name, '' as next_name from marks"


def laid_with(customers: list[str], things: dict[str, set[int]]) -> Laid:
    """As many returns before as after, one a quarter of a day; return n of either half is of customer n."""
    starts = [datetime(2025, month, 1) for month in (1, 4)]
    returns = [
        One(start + timedelta(days=number / 4), 1.0, customer=customer)
        for start in starts
        for number, customer in enumerate(customers)
    ]
    laid = lay(warehouse(returns, datetime(2025, 12, 1)), QUESTION)
    rows = [(f"R{number}", name) for name, numbers in things.items() for number in sorted(numbers)]
    frame = pd.DataFrame(rows, columns=["case_id", "name"], dtype=str)
    laid.connection.register("frame", frame).execute("create table marks as select * from frame")
    return laid


def shares_of(customers: list[str], things: dict[str, set[int]]) -> tuple[dict[str, ShareChange], Shares]:
    found = share_changes(laid_with(customers, things).connection, MARKS)
    return {one.name: one for one in found.changes}, found


def test_common_things_have_the_error_of_clusters_and_weeks():
    random = np.random.default_rng(5)
    customers = [f"C{number}" for number in random.integers(25, size=200)]
    lucky = {f"C{number}" for number in range(8)}
    chances = [(0.6 if customer in lucky else 0.3) + gained for gained in (0.0, 0.25) for customer in customers]
    having = {number for number, chance in enumerate(chances, 1) if random.random() < chance}
    laid = laid_with(customers, {"thing": having})
    [found] = share_changes(laid.connection, MARKS).changes
    rows = laid.connection.execute(
        """
        select (side = 'after')::int, cluster_no, week_no, (marks.case_id is not null)::int
        from proof_compared left join marks using (case_id) where standing = 'compared'
        """
    ).fetchall()
    side, cluster, week, has = np.array(rows).T
    sums = Sums(side, cluster, week, has.astype(float), np.ones(len(rows)), np.zeros((2, 3), dtype=int))
    expected = linear_change(sums, laid.draws)
    assert not found.is_exact
    assert found.having == (sum(has[side == 0]), sum(has[side == 1]))
    for name in ("value", "error", "p_value", "freedom"):
        assert getattr(found.change, name) == pytest.approx(getattr(expected, name))
    assert found.change.interval == pytest.approx(expected.interval)


def test_what_nobody_had_before_is_judged_exactly():
    customers = [f"C{number}" for number in range(60)]
    named, _ = shares_of(
        customers, {"new": set(range(61, 70)), "common": set(range(1, 61, 2)) | set(range(62, 121, 2))}
    )
    new = named["new"]
    assert (new.having, new.of, new.is_exact) == ((0, 9), (60, 60), True)
    assert new.change.p_value == pytest.approx(stats.fisher_exact([[9, 51], [0, 60]])[1], rel=0.02)
    assert new.change.interval == pytest.approx(difference(9, 60, 0, 60), rel=0.02)
    assert new.q_value == pytest.approx(2 * new.change.p_value)  # two things were looked at
    assert new.is_beyond_chance
    assert named["common"].shares == (0.5, 0.5)
    assert not named["common"].is_beyond_chance


def test_what_one_customer_alone_has_is_no_news():
    customers = ["C0"] * 9 + [f"C{number}" for number in range(1, 52)]
    named, _ = shares_of(customers, {"whim": set(range(61, 70))})
    assert named["whim"].having == (0, 9)
    assert not named["whim"].is_beyond_chance


def test_rare_things_are_counted_and_not_judged():
    customers = [f"C{number}" for number in range(30)]
    named, found = shares_of(customers, {"rare": {1, 2, 40, 41}, "rarer": {3}, "seen": {1, 2, 3, 31, 32}})
    assert set(named) == {"seen"}
    assert found.rare == {"thing": 2}
    assert found.of == (30, 30)


def test_one_customer_in_all_leaves_nothing_to_judge_by():
    named, _ = shares_of(["C0"] * 20, {"seen": set(range(1, 15))})
    assert named["seen"].change is None
    assert named["seen"].q_value is None


def test_nothing_to_compare_is_nothing():
    assert shares_of(["C0", "C1"], {})[0] == {}


def test_chance_calls_few():
    """Worlds of forty things without any change: few are called, though returns of a customer are alike."""
    random = np.random.default_rng(8)
    called = 0
    customers = [f"C{number}" for number in random.integers(40, size=160)]
    for _ in range(4):
        taste = random.beta(1, 4, size=(40, 40))
        things = {
            f"thing {place}": {
                number
                for number in range(1, 321)
                if random.random() < taste[place, int(customers[(number - 1) % 160][1:])]
            }
            for place in range(40)
        }
        called += sum(one.is_beyond_chance for one in shares_of(customers, things)[0].values())
    assert called <= 1
