"""Why a frozen figure is another today: the one cause of each item, and parts that add up to the whole exactly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.macros import render
from proof.baseline.causes import PRECEDENCE, Then, lay_causes
from proof.baseline.ground import ITEMS
from proof.baseline.restated import Restatement, restatements, total
from tests.proof.literal_baselines import (
    AS_OF,
    BY_THEN,
    LATER,
    SINCE,
    Item,
    Row,
    World,
    frozen_of,
    verified,
    warehouse,
)

MEAN, MEDIAN = "cycle_time_days.mean", "cycle_time_days.median"


def parts(restated: Restatement) -> dict[str, tuple[str, int, int]]:
    """What each cause adds, of how many items and rows."""
    return {part.cause: (str(part.change), part.behind.items, part.behind.rows) for part in restated.parts}


def test_nothing_is_restated_when_nothing_changed():
    world = World([Item("R1", 4.0)], [Row("R1", "1")])
    assert verified(world, world) == {}


def test_every_kind_of_row_is_named_and_the_parts_follow_the_order():
    then = World(
        [Item("R1", 2.0), Item("R2", 4.0), Item("R3", 6.0), Item("R5", 8.0), Item("R6", 10.0, entity="E2")],
        [Row("R1", "1"), Row("R2", "2"), Row("R3", "3"), Row("R5", "5"), Row("R6", "6")],
    )
    now = World(
        [Item("R2", 5.0), Item("R3", 6.0), Item("R4", 20.0), Item("R6", 12.0, entity="E2")],
        [
            Row("R2", "2", content=2, at=BY_THEN.replace(day=2)),
            Row("R3", "3"),
            Row("R4", "4"),
            Row("R5", "5"),
            Row("R5", "5 again", at=SINCE),
            Row("R6", "6"),
            Row("C2", "C2-2025-02-03", at=None, table="reference.holidays"),
        ],
    )
    restated = verified(then, now, LATER)[MEAN]
    assert (restated.frozen, restated.today, restated.n_frozen, restated.n_today) == (6.0, 10.75, 5, 4)
    # 30/5 = 6; without R1 28/4 = 7; R2 one longer 29/4; with R4 49/5; without R5 41/4; R6 two longer 43/4.
    assert parts(restated) == {
        "deleted": ("1.0", 1, 1),
        "corrected": ("0.25", 1, 1),
        "late": ("2.55", 1, 1),
        "later": ("0.45", 1, 1),
        "reference": ("0.50", 1, 1),
    }
    assert total([part.change for part in restated.parts]) == restated.change == Decimal("4.75")


def test_percentiles_are_taken_again_after_each_cause():
    then = World([Item("R1", 1.0), Item("R2", 2.0), Item("R3", 9.0)], [Row("R3", "3")])
    now = World([Item("R1", 1.0), Item("R2", 2.0), Item("R4", 4.0)], [Row("R4", "4")])
    restated = verified(then, now)[MEDIAN]
    # 2 of 1, 2, 9; 1.5 of 1, 2; 2 of 1, 2, 4.
    assert parts(restated) == {"deleted": ("-0.5", 1, 1), "late": ("0.5", 1, 1)}
    assert restated.change == 0


def test_an_item_has_the_first_cause_in_the_order():
    then = World([Item("R1", 1.0)], [Row("R1", "1"), Row("R1", "2")])
    now = World([Item("R1", 3.0)], [Row("R1", "2", content=2, at=BY_THEN.replace(day=3)), Row("R1", "3")])
    assert set(parts(verified(then, now)[MEAN])) == {"deleted"}


def test_a_row_of_a_table_that_the_kpi_is_not_reckoned_from_is_no_cause_of_it():
    claim = Row("R1", "claim", table="erp.supplier_claims")
    holiday = Row("C1", "C1-2025-02-03", at=None, table="reference.holidays")
    restated = verified(World([Item("R1", 3.0)]), World([Item("R1", 2.0)], [claim, holiday]))[MEAN]
    assert parts(restated) == {"reference": ("-1.0", 1, 1)}
    assert restated.parts[0].behind.tables == ("reference.holidays",)


def test_a_holiday_of_another_calendar_is_no_cause():
    holiday = Row("C2", "C2-2025-02-03", at=None, table="reference.holidays")
    assert set(parts(verified(World([Item("R1", 3.0)]), World([Item("R1", 2.0)], [holiday]))[MEAN])) == {"unknown"}


def test_what_happened_since_does_not_explain_a_duration_that_ended_before():
    reopened = Row("R1", "2", at=SINCE)
    same_end = verified(World([Item("R1", 3.0)]), World([Item("R1", 2.0)], [reopened]), LATER)[MEAN]
    assert set(parts(same_end)) == {"unknown"}
    moved_end = verified(World([Item("R1", 3.0)]), World([Item("R1", 2.0, anchor=SINCE)], [reopened]), LATER)[MEAN]
    assert set(parts(moved_end)) == {"later"}


def test_a_row_that_goes_on_is_not_a_corrected_one():
    then = World([Item("R1", 3.0)], [Row("R1", "1")])
    on = warehouse(then, World([], [Row("R1", "1", content=2)]))
    event = ["R1", "erp", "return_status_changes", "1", "Return Reopened", SINCE]
    on.execute("insert into baseline_events values (?, ?, ?, ?, ?, ?)", event)
    frozen = frozen_of(on)
    lay_causes(on, Then(AS_OF, LATER, False, True))
    [restated] = [one for one in restatements(on, frozen) if one.measure.measure == MEAN]
    assert [part.cause for part in restated.parts] == ["later"]
    assert (restated.today, restated.change) == (None, None)


def test_an_earlier_as_of_instant_hides_what_came_after_it():
    row = Row("R1", "1", at=AS_OF.replace(day=20))
    then, now = World([Item("R1", 3.0)], [row]), World([], [replace(row, events=False)])
    assert set(parts(verified(then, now, AS_OF.replace(day=10))[MEAN])) == {"as_of"}


def test_items_that_come_due_with_the_as_of_instant():
    due = Item("R1", numerator=1, kpi="communication_sla_rate")
    restated = verified(World([]), World([due]), LATER)["communication_sla_rate"]
    assert [part.cause for part in restated.parts] == ["as_of"]
    assert (restated.frozen, restated.today, restated.n_today, restated.change) == (None, 1.0, 1, None)


@pytest.mark.parametrize(("is_other_code", "cause"), [(True, "definitions"), (False, "unknown")])
def test_the_same_rows_with_another_value(is_other_code, cause):
    row = Row("R1", "1")
    found = verified(World([Item("R1", 3.0)], [row]), World([Item("R1", 2.0)], [row]), is_other_code=is_other_code)
    assert parts(found[MEAN]) == {cause: ("-1.0", 1, 0)}


def test_a_value_is_carried_over_a_step_that_leaves_nothing_to_measure():
    then, now = World([Item("R1", 5.0)], [Row("R1", "1")]), World([Item("R2", 6.0)], [Row("R2", "2")])
    restated = verified(then, now)[MEAN]
    assert parts(restated) == {"deleted": ("0.0", 1, 1), "late": ("1.0", 1, 1)}
    assert restated.change == Decimal("1.0")


def test_another_way_of_adding_up_the_same_items_is_told_under_definitions():
    con = warehouse(World([Item("R1", 3.0)]), World([Item("R1", 3.0)]))
    frozen = [replace(one, value=2.5) if one.measure.measure == MEAN else one for one in frozen_of(con)]
    lay_causes(con, Then(AS_OF, AS_OF, True, True))
    [restated] = restatements(con, frozen)
    assert parts(restated) == {"definitions": ("0.5", 0, 0)}


def test_a_row_that_moves_an_item_into_a_cohort_is_its_cause_whatever_the_table():
    then = World([], [Row("R1", "1", table="erp.supplier_claims")])
    now = World([Item("R1", 3.0)], [Row("R1", "1", content=2, table="erp.supplier_claims")])
    assert set(parts(verified(then, now, is_whole=False)[MEAN])) == {"corrected"}
    assert set(parts(verified(then, now)[MEAN])) == {"unknown"}


VALUES = st.one_of(st.none(), st.integers(0, 10**9).map(lambda n: n / 1000))
CHANGE = st.sampled_from(["none", "deleted", "corrected", "late", "later", "reference"])
ONE = st.tuples(VALUES, VALUES, CHANGE, st.sampled_from(["cycle_time_days", "value_returned", "rework_rate"]))


@settings(max_examples=25, deadline=None)
@given(st.lists(ONE, max_size=6))
def test_the_parts_of_every_measure_add_up_to_its_restatement_exactly(worlds):
    then, now = World([], []), World([], [])
    items_then, items_now, rows_then, rows_now = [], [], [], []
    for number, (before, after, change, kpi) in enumerate(worlds):
        case, key = f"R{number}", f"K{number}"
        for value, items in ((before, items_then), (before if change == "none" else after, items_now)):
            if value is not None:
                is_share = kpi == "rework_rate"
                items.append(Item(case, None if is_share else value, int(value) % 2 if is_share else None, kpi))
        if change in ("deleted", "corrected", "none"):
            rows_then.append(Row(case, key))
        if change in ("corrected", "late", "later", "none"):
            at = SINCE if change == "later" else BY_THEN
            rows_now.append(Row(case, key, content=2 if change == "corrected" else 1, at=at))
        if change == "reference":
            rows_now.append(Row("*", key, at=None, table="reference.fx_rates"))
    then, now = World(items_then, rows_then), World(items_now, rows_now)
    con = warehouse(then, now)
    frozen = frozen_of(con)
    lay_causes(con, Then(AS_OF, LATER, False, True))
    totals = render("kpi_totals", items=ITEMS, measures="baseline_measures")
    today = dict(con.execute(f"select measure, value from ({totals})").fetchall())
    for restated in restatements(con, frozen):
        causes = [part.cause for part in restated.parts]
        assert causes == sorted(causes, key=PRECEDENCE.index)
        assert restated.today == today[restated.measure.measure]
        ends = [restated.frozen, restated.today]
        if None not in ends:
            assert restated.change == Decimal(repr(ends[1])) - Decimal(repr(ends[0]))
            assert total([part.change for part in restated.parts]) == restated.change
    con.close()
