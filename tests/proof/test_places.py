"""Where the cycle time changed: values by hand, sums that are exact, and the planted segment found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.macros import render
from pipeline.publish import open_published
from proof.effects import ratio_effect
from proof.laid import lay
from proof.measures import measures
from proof.places import Places, Split, part
from proof.places_words import places_sentence
from proof.question import Question, Side
from proof.segment_sums import EVERYTHING, WHOLE, lay_places, read_exact
from proof.sums import read_sums, sums_of
from tests.proof.literal_returns import One, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 3, 1)), Side(date(2025, 4, 1), date(2025, 6, 1)))
AS_OF = datetime(2025, 12, 1)
APPROVAL, INSPECTION, CLOSURE = 1, 5, 8


def places_of(returns: list[One], question: Question = QUESTION) -> Places:
    return part(lay(warehouse(returns, AS_OF), question))


def four(side: datetime, *cut: dict[int, float], **attributes: object) -> list[One]:
    return [
        replace(One(side + timedelta(days=day), sum(segments.values()), segments=segments), **attributes)
        for day, segments in enumerate(cut)
    ]


def by_hand() -> list[One]:
    """Two entities with days of 8 and 10 hours; before 4 + 6 days of two segments, after 4 + 1 and 8 of one."""
    before, after = datetime(2025, 1, 6), datetime(2025, 4, 6)
    return [
        *four(before, {APPROVAL: 1.0, CLOSURE: 3.0}, {APPROVAL: 2.0, CLOSURE: 4.0}),
        *four(after, {APPROVAL: 1.0, CLOSURE: 3.0}, {CLOSURE: 1.0}, value=50.0),
        *four(before, {APPROVAL: 8.0}, entity="E2", day_seconds=36_000.0),
        *four(after, {APPROVAL: 2.5}, entity="E2", day_seconds=36_000.0, value=None),
    ]


def test_values_are_those_of_the_returns_by_hand():
    # The long return of before would end the follow-up: a fourth keeps it within.
    slow = One(datetime(2025, 1, 7), 9.0, customer="slow", segments={CLOSURE: 9.0})
    places = places_of([*by_hand(), slow])
    days = places.days
    assert days.returns == (3, 3)  # the slow one took as long as all are followed
    assert (days.before, days.after) == (pytest.approx(18 / 3), pytest.approx(7.5 / 3))
    approval, *_, closure = days.segments
    assert (approval.before, approval.after) == (pytest.approx(11 / 3), pytest.approx(3.5 / 3))
    assert (closure.before, closure.after) == (pytest.approx(7 / 3), pytest.approx(4 / 3))
    assert approval.share == pytest.approx(2.5 / 3.5)
    assert closure.share == pytest.approx(1 / 3.5)
    assert approval.reached == (1.0, pytest.approx(2 / 3))
    assert [one.after for one in days.segments[1:-1]] == [0.0] * 6


def test_money_is_value_times_days_of_the_returns_whose_value_is_known():
    places = places_of([*by_hand(), One(datetime(2025, 1, 7), 9.0, segments={CLOSURE: 9.0})])
    money = places.money
    assert places.without_value == 1
    assert money.returns == (3, 2)
    assert (money.before, money.after) == (pytest.approx(1800 / 3), pytest.approx((200 + 50) / 2))
    assert money.segments[-1].before == pytest.approx(700 / 3)
    assert money.segments[-1].after == pytest.approx((150 + 50) / 2)
    assert adds_up(money)


def test_a_unit_has_its_own_split_and_one_without_a_side_none():
    lone = One(datetime(2025, 1, 7), 9.0, entity="E3", segments={CLOSURE: 9.0})
    short = One(datetime(2025, 1, 8), 1.0, entity="E3", site="S3", segments={CLOSURE: 1.0})
    units = {(one.unit_kind, one.unit): one for one in places_of([*by_hand(), lone, short]).units}
    assert set(units) == {("entity", "E1"), ("entity", "E2"), ("site", "S1")}
    assert (units["entity", "E2"].before, units["entity", "E2"].after) == (8.0, 2.5)
    assert units["entity", "E1"].before == pytest.approx(5.0)


def adds_up(split: Split) -> bool:
    gaps = [
        split.before - sum(one.before for one in split.segments),
        split.after - sum(one.after for one in split.segments),
        split.after - split.before - sum(one.after - one.before for one in split.segments),
        1 - sum(one.share for one in split.segments if one.share is not None),
    ]
    return all(abs(gap) < 1e-9 * max(1.0, split.before) for gap in gaps)


SEGMENTS = st.dictionaries(st.integers(1, 8), st.integers(0, 10**12), min_size=1, max_size=8)
RETURNS = st.lists(
    st.tuples(
        st.sampled_from(["before", "after"]),
        st.sampled_from([("E1", 28_800.0), ("E2", 29_520.0), ("E3", 32_400.0)]),
        SEGMENTS,
        st.none() | st.integers(0, 10**9),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None)
@given(RETURNS)
def test_sums_are_exact_for_every_unit_whatever_the_returns(returns):
    con = segments_of(returns)
    lay_places(con)
    exact = read_exact(con)
    for unit, side in {(unit, side) for unit, _, side in exact}:
        parts = [exact[unit, position, side] for position in range(1, 9) if (unit, position, side) in exact]
        whole = exact[unit, WHOLE, side]
        assert sum((one.days for one in parts), Fraction()) == whole.days
        assert sum((one.money_days for one in parts), Fraction()) == whole.money_days
    expected = sum(
        (
            Fraction(sum(cut.values())) / (Fraction(day) * 10**6)
            for side, (_, day), cut, _ in returns
            if side == "after"
        ),
        Fraction(),
    )
    found = exact.get((EVERYTHING, WHOLE, "after"))
    assert (found.days if found else 0) == expected


def segments_of(returns):
    con = duckdb.connect(":memory:")
    con.execute(
        """
        create schema event_log;
        create temp table proof_items
            (kpi varchar, case_id varchar, side varchar, cluster_no int, cell_no int, week_no int, value int);
        create table event_log.cases (case_id varchar, entity_id varchar, site varchar, standard_day_seconds double,
            requested_micros bigint, closed_micros bigint, return_value double);
        create table event_log.segments (case_id varchar, position int, business_micros bigint);
        """
    )
    for number, (side, (entity, day), cut, cents) in enumerate(returns):
        value = None if cents is None else cents / 100
        con.execute("insert into proof_items values ('cycle_time_days', ?, ?, 0, 0, 0, 1)", [number, side])
        con.execute(
            "insert into event_log.cases values (?, ?, 'S', ?, 7, ?, ?)",
            [number, entity, day, 7 + sum(cut.values()), value],
        )
        for position, micros in cut.items():
            con.execute("insert into event_log.segments values (?, ?, ?)", [number, position, micros])
    return con


@pytest.mark.parametrize("values", [(0.1, 0.2, 0.3), (0.3, 0.2, 0.1)])
def test_sums_of_floats_do_not_depend_on_their_order(values):
    query = f"select {render('proof_sum', value='v')} from unnest($values) as given(v)"
    [(found,)] = duckdb.execute(query, {"values": list(values)}).fetchall()
    assert found == 0.6


def world(quicker: float, seed: int = 1, returns: int = 400) -> list[One]:
    """Returns of thirty customers; inspection takes `quicker` days less after, the rest as long as before."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(returns):
        start = datetime(2025, 1, 1) + timedelta(days=float(random.uniform(0, 150)))
        gained = quicker if start >= datetime(2025, 4, 1) else 0.0
        lasting = random.gamma(9.0, [1 / 9, 2 / 9, 3 / 9])
        cut = {APPROVAL: lasting[0], INSPECTION: max(0.1, lasting[2] - gained), CLOSURE: lasting[1]}
        cut = {position: round(float(days), 6) for position, days in cut.items()}
        entity = f"E{random.integers(2)}"
        made.append(One(start, sum(cut.values()), customer=f"C{random.integers(30)}", entity=entity, segments=cut))
    return made


def test_a_planted_change_is_found_in_its_segment():
    laid = lay(warehouse(world(1.2, seed=3), AS_OF), QUESTION)
    places = part(laid)
    [inspection] = [one for one in places.days.segments if one.is_beyond_chance]
    assert inspection.segment == "inspection"
    assert inspection.change.interval[0] < -1.2 < inspection.change.interval[1]
    assert all(adds_up(split) for split in (places.days, places.money, *places.units))
    assert [one.segment for one in places.money.segments if one.is_beyond_chance] == ["inspection"]
    [cycle] = [one for one in measures(laid.connection) if one.name == "cycle_time_days.mean"]
    rows = read_sums(laid.connection, "week_no")["cycle_time_days", ""]
    effect = ratio_effect(cycle, sums_of(rows, "total", "n"), laid.draws)
    assert places.days.before == pytest.approx(effect.before.value, abs=1e-9)
    assert places.days.change.value == pytest.approx(effect.change.value, abs=1e-9)
    assert places.days.change.error == pytest.approx(effect.change.error)
    sentence = places_sentence(places)
    assert "of it from receipt to inspection (\N{MINUS SIGN}1." in sentence
    assert sentence.endswith("The other 7 segments changed within chance.")


def test_no_segment_is_named_where_nothing_changed():
    places = places_of(world(0.0, seed=2))
    assert not [one for one in places.days.segments if one.is_beyond_chance]
    assert places_sentence(places) == (
        "The way from request to close did not change, and no segment changed beyond chance."
    )


def test_a_side_without_a_closed_return_has_no_split():
    places = places_of([One(datetime(2025, 1, 6), 3.0), One(datetime(2025, 1, 7), 4.0)])
    assert places == Places(None, None, 0, ())
    assert places_sentence(places).startswith("Too few")


def test_segments_of_a_built_warehouse_add_up_to_its_cycle_time(built_workspace: Path):
    question = Question(Side(date(2025, 1, 6), date(2025, 3, 1)), Side(date(2025, 3, 1), date(2025, 4, 10)))
    with open_published(built_workspace) as published:
        laid = lay(published.connection, question)
        places = part(laid)
        means = laid.connection.execute(
            "select avg(value::double) from proof_items where kpi = 'cycle_time_days' group by side order by side desc"
        ).fetchall()
    assert adds_up(places.days)
    assert adds_up(places.money)
    assert [(places.days.before,), (places.days.after,)] == [pytest.approx(mean, abs=1e-9) for mean in means]
