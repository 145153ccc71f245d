"""New, gone, grown and shrunk: planted ones are found, the rest is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.publish import open_published
from proof.laid import lay
from proof.new_things import KindChanges, part
from proof.question import Question, Side
from tests.proof.literal_returns import One, Stamp, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 2, 1)), Side(date(2025, 3, 1), date(2025, 4, 1)))
AS_OF = datetime(2025, 12, 1)
STRAIGHT = (
    Stamp(0.0, "RMA Created", department="Service"),
    Stamp(0.2, "Return Approved", department="Service"),
    Stamp(0.3, "Customer Notified", department="Robot"),
    Stamp(0.5, "Return Approved", department="Sales"),
    Stamp(1.0, "Return Closed", department="Sales"),
)
CHECKED = (
    STRAIGHT[0],
    Stamp(0.1, "Approval Requested", department="Finance"),
    Stamp(0.4, "Return Approved", department="Sales"),
    STRAIGHT[-1],
)


def side_of(month: int, checked: int, late: int = 0) -> list[One]:
    """Forty returns of forty customers: the first `checked` are checked by Finance, `late` have an exception."""
    returns = [
        One(datetime(2025, month, 1) + timedelta(hours=6 * number), 1.0, customer=f"C{number}", stamps=STRAIGHT)
        for number in range(40)
    ]
    returns = [replace(one, stamps=CHECKED) if number < checked else one for number, one in enumerate(returns)]
    return [
        replace(one, exceptions=("late_receipt_posting", "late_receipt_posting")) if number < late else one
        for number, one in enumerate(returns)
    ]


def kinds_of(returns: list[One]) -> dict[str, KindChanges]:
    # The last return of before is under way for two days, so that the others are within the follow-up.
    slow = One(datetime(2025, 1, 11, 6), 2.0, stamps=(STRAIGHT[0], Stamp(2.0, "Return Closed", department="Sales")))
    return {kind.kind: kind for kind in part(lay(warehouse([*returns, slow], AS_OF), QUESTION)).kinds}


def test_what_nobody_had_before_is_new_and_what_nobody_has_after_is_gone():
    kinds = kinds_of([*side_of(1, 0, late=20), *side_of(3, 15)])
    variants = {thing.share.name: thing for thing in kinds["variant"].things}
    # Repeats and messages make no variant of their own.
    assert variants["RMA Created > Approval Requested > Return Approved > Return Closed"].word == "new"
    assert variants["RMA Created > Return Approved > Return Closed"].word == "shrunk"
    assert variants["RMA Created > Return Approved > Return Closed"].share.having == (40, 25)
    [gone] = kinds["exception"].things
    assert (gone.word, gone.share.name, gone.share.having) == ("gone", "late_receipt_posting", (20, 0))
    assert kinds["variant"].rare == 1
    handoffs = {(thing.share.name, thing.share.next_name): thing.word for thing in kinds["handoff"].things}
    assert handoffs == {("Service", "Finance"): "new", ("Finance", "Sales"): "new", ("Service", "Sales"): "shrunk"}
    assert kinds["handoff"].sentence.startswith("Handoffs: 2 new, 1 shrunk; 0 others within chance")


def test_a_change_within_chance_is_counted_and_not_listed():
    kinds = kinds_of([*side_of(1, 10, late=6), *side_of(3, 13, late=7)])
    assert [kind.things for kind in kinds.values()] == [(), (), ()]
    assert kinds["exception"].sentence == "Types of exceptions: 1 within chance, 0 too rare to tell."
    assert kinds["variant"].within_chance == 2


def test_more_and_less_of_what_both_have_is_grown_and_shrunk():
    kinds = kinds_of([*side_of(1, 11), *side_of(3, 29)])
    assert {thing.word for thing in kinds["variant"].things} == {"grown", "shrunk"}
    grown = next(thing for thing in kinds["variant"].things if thing.word == "grown")
    assert grown.share.having == (11, 29)
    assert grown.share.change.value == pytest.approx(29 / 40 - 11 / 41)


def test_an_exception_found_after_the_follow_up_counts_on_neither_side():
    con = warehouse([*side_of(1, 0), *side_of(3, 0, late=20), One(datetime(2025, 1, 11, 6), 2.0)], AS_OF)
    con.execute("update marts.exceptions set detected_at = '2025-08-01'")
    kinds = {kind.kind: kind for kind in part(lay(con, QUESTION)).kinds}
    assert kinds["exception"] == KindChanges("exception", (), 0, 0)


def test_things_of_a_built_warehouse_are_all_counted(built_workspace: Path):
    question = Question(Side(date(2025, 1, 6), date(2025, 3, 1)), Side(date(2025, 3, 1), date(2025, 4, 10)))
    with open_published(built_workspace) as published:
        kinds = part(lay(published.connection, question)).kinds
    assert [kind.kind for kind in kinds] == ["variant", "exception", "handoff"]
    assert all(len(kind.things) + kind.within_chance + kind.rare > 0 for kind in kinds)
