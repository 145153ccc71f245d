"""Changes of measurement: stamps that appear are named, and what they feign is bounded by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.publish import open_published
from proof.laid import lay
from proof.question import Question, Side
from proof.stamps import StampChange, Stamps, part
from proof.stamps_words import stamp_sentences
from tests.proof.literal_returns import One, Stamp, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 2, 1)), Side(date(2025, 3, 1), date(2025, 4, 1)))
AS_OF = datetime(2025, 12, 1)


def forty(month: int, *stamps: Stamp, days: float = 4.0, others: tuple[Stamp, ...] = ()) -> list[One]:
    """Forty returns of forty customers with `stamps`; every other one has those of `others` instead, if any."""
    return [
        One(
            datetime(2025, month, 1) + timedelta(hours=6 * number),
            days,
            customer=f"C{number}",
            stamps=others if others and number % 2 else stamps,
        )
        for number in range(40)
    ]


def stamps_of(*returns: list[One]) -> Stamps:
    slow = One(datetime(2025, 1, 11), 6.0, stamps=(Stamp(0.0, "RMA Created"), Stamp(6.0, "Return Closed")))
    return part(lay(warehouse([*(one for part in returns for one in part), slow], AS_OF), QUESTION))


def test_an_earlier_start_that_appears_is_named_and_its_effect_taken_out():
    # After, requests are stamped 1.5 days before the RMA; from RMA to close it takes as long as before.
    before = forty(1, Stamp(0.0, "RMA Created"), Stamp(4.0, "Return Closed"), days=4.0)
    after = forty(3, Stamp(0.0, "Return Requested"), Stamp(1.5, "RMA Created"), Stamp(5.5, "Return Closed"), days=5.5)
    found = stamps_of(before, after)
    [change] = found.changes
    assert (change.activity, change.word, change.shares) == ("Return Requested", "appeared", (0.0, 1.0))
    assert change.segment is None
    [bound] = change.bounds
    assert bound.kpi == "cycle_time_days"
    assert bound.measured.value == pytest.approx(1.5)
    assert bound.restated.value == pytest.approx(0.0)
    assert (bound.low, bound.high) == (pytest.approx(0.0), pytest.approx(1.5))
    assert found.looked_at == 3
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in stamp_sentences(change)] == [
        "Return Requested: appeared; 0 % of the returns have it before, 100 % after.",
        "Cycle time changed by +1.5 business days as measured, by 0.0 told again from RMA Created, "
        "which both sides have.",
    ]


def test_a_stamp_without_another_way_cannot_be_bounded_and_that_is_said():
    base = (Stamp(0.0, "RMA Created"), Stamp(4.0, "Return Closed"))
    found = stamps_of(forty(1, *base), forty(3, base[0], Stamp(1.0, "Disposition Decided"), base[1]))
    [change] = found.changes
    assert (change.word, change.segment) == ("appeared", "Inspection to disposition")
    [bound] = change.bounds
    assert (bound.kpi, bound.restated, bound.low, bound.high) == ("decision_to_credit_days", None, None, None)
    assert "cannot be said" in bound.why
    assert stamp_sentences(change)[1].startswith("Decision to credit: too few")
    assert stamp_sentences(change)[2].startswith("Without it the time of the segment inspection to disposition is in")


def test_times_that_became_dates_move_the_change_by_a_day_at_most():
    start, end = Stamp(0.0, "RMA Created"), Stamp(4.0, "Return Closed")
    dated = Stamp(4.0, "Return Closed", precision="day")
    [change] = stamps_of(forty(1, start, end), forty(3, start, dated, others=(start, end))).changes
    assert (change.word, change.shares) == ("times became dates", (0.0, 0.5))
    [bound] = change.bounds
    # Half of the closes of after may have been up to a day earlier; none of before.
    assert bound.measured.value == pytest.approx(0.0)
    assert (bound.low, bound.high) == (pytest.approx(-0.5), pytest.approx(0.0))
    assert "it may be anything between \N{MINUS SIGN}0.5 and 0.0" in stamp_sentences(change)[1]


def test_dates_of_a_start_move_it_the_other_way():
    start, end = Stamp(0.0, "RMA Created"), Stamp(4.0, "Return Closed")
    dated = Stamp(0.0, "RMA Created", precision="day")
    [change] = stamps_of(forty(1, dated, end), forty(3, start, end)).changes
    assert change.word == "dates became times"
    [bound] = change.bounds
    assert (bound.low, bound.high) == (pytest.approx(-1.0), pytest.approx(0.0))


def test_steps_that_feed_nothing_are_named_only_when_they_come_or_go_altogether():
    base = (Stamp(0.0, "RMA Created"), Stamp(4.0, "Return Closed"))
    noticed = (base[0], Stamp(1.0, "Customer Notified"), base[1])
    some = stamps_of(forty(1, *base), forty(3, *noticed, others=base))
    assert some == Stamps((), 3)
    [change] = stamps_of(forty(1, *base), forty(3, *noticed)).changes
    assert change == StampChange("Customer Notified", "appeared", (0.0, 1.0), change.q_value, None, ())
    assert stamp_sentences(change)[1] == "No duration hangs on it."


def test_a_built_warehouse_of_one_simulation_has_no_change_of_measurement(built_workspace: Path):
    question = Question(Side(date(2025, 1, 6), date(2025, 3, 1)), Side(date(2025, 3, 1), date(2025, 4, 10)))
    with open_published(built_workspace) as published:
        found = part(lay(published.connection, question))
    assert found.looked_at > 10
    assert found.changes == ()
