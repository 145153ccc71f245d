"""What is done again, by whom, and what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.log import EventLog
from mining.rework import Repetition, ping_pong, repetitions, returns_rework
from tests.mining.worlds import Step, log_of

START = datetime(2026, 1, 5, 8)
TRACES = st.lists(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["Ann", "Bob", None])), min_size=1, max_size=8),
    max_size=6,
)


def hourly(events: Sequence[tuple[str, dict[str, object]]]) -> list[Step]:
    """One event an hour."""
    return [
        (activity, f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}", more)
        for hour, (activity, more) in enumerate(events)
    ]


def done_by(*pairs: tuple[str, str | None]) -> list[Step]:
    """Activities with their resources, one an hour."""
    return hourly([(activity, {"resource": resource}) for activity, resource in pairs])


def counted(found: Sequence[Repetition]) -> dict[tuple[str, str, str], int]:
    return {(one.activity, one.kind, one.hand): one.cost.occurrences for one in found}


def test_self_loops_and_loops_are_told_apart_by_hand() -> None:
    log = log_of({"1": done_by(("A", "Ann"), ("A", "Ann"), ("A", "Bob"), ("B", "Ann"), ("A", "Bob"), ("B", None))})
    assert counted(repetitions(log)) == {
        ("A", "self-loop", "repeat"): 1,
        ("A", "self-loop", "redo"): 1,
        ("A", "loop", "repeat"): 1,
        ("B", "loop", "unknown"): 1,
    }


def test_repetitions_cost_the_time_from_the_first_to_the_last() -> None:
    log = log_of(
        {"1": done_by(("A", "x"), ("B", "x"), ("A", "x"), ("C", "x"), ("A", "x")), "2": done_by(("A", "x"))},
        cases={"1": {"return_value": 240.0}},
    )
    [one] = repetitions(log, value="return_value")
    assert (one.cost.occurrences, one.cost.cases, one.cost.total_seconds) == (2, 1, 4 * 3600.0)
    assert one.cost.value_days == pytest.approx(40.0)
    assert one.cost.total_business_seconds is None
    assert repetitions(log)[0].cost.value_days is None


def with_repeats(log: EventLog) -> EventLog:
    log.connection.execute("create schema staging")
    log.connection.execute("create table staging.activities (activity varchar, repeats_by varchar)")
    log.connection.execute(
        "insert into staging.activities values ('Inspect', 'receipt'), ('Credit', 'line'), ('Close', 'case'), "
        "('Notify', 'never'), ('Fail', 'never'), ('Fail', 'never')"
    )
    return log


def test_another_receipt_or_line_is_no_repetition() -> None:
    events: list[tuple[str, dict[str, object]]] = [
        ("Inspect", {"receipt_id": "r1"}),
        ("Inspect", {"receipt_id": "r2"}),
        ("Credit", {"line_no": "1"}),
        ("Credit", {"line_no": "2"}),
        ("Split", {"line_no": "1"}),
        ("Split", {"line_no": "1"}),
        ("Notify", {}),
        ("Notify", {}),
    ]
    assert repetitions(with_repeats(log_of({"1": hourly(events)})), "staging.activities") == ()


def test_the_same_receipt_line_or_case_is_a_repetition() -> None:
    events: list[tuple[str, dict[str, object]]] = [
        ("Inspect", {"receipt_id": "r1"}),
        ("Inspect", {"receipt_id": "r1"}),
        ("Credit", {"line_no": "1"}),
        ("Close", {}),
        ("Credit", {"line_no": "1"}),
        ("Close", {}),
    ]
    found = counted(repetitions(with_repeats(log_of({"1": hourly(events)})), "staging.activities"))
    assert found == {
        ("Inspect", "self-loop", "unknown"): 1,
        ("Credit", "loop", "unknown"): 1,
        ("Close", "loop", "unknown"): 1,
    }


def test_every_way_back_is_ping_pong() -> None:
    owners = ["A", "B", "A", "B", "B", "A", "C", "A"]
    log = log_of({"1": hourly([("Work", {"department": owner}) for owner in owners])})
    found = ping_pong(log, "department")
    assert [(one.owner, one.other, one.cost.occurrences, one.cost.total_seconds) for one in found] == [
        ("A", "B", 1, 7200.0),
        ("A", "C", 1, 7200.0),
        ("B", "A", 1, 7200.0),
    ]


def test_rework_of_returns_is_known_by_its_signals() -> None:
    goods: dict[str, object] = {"receipt_id": "r1", "source_key": "i"}
    memo: dict[str, object] = {"receipt_id": None, "source_key": "m1"}
    case: dict[str, object] = {"receipt_id": None, "source_key": "c"}
    log = log_of(
        {
            "1": hourly(
                [
                    ("Information Requested", case),
                    ("RMA Created", case),
                    ("Information Requested", case),
                    ("Information Received", case),
                    ("Inspection Completed", goods),
                    ("Inspection Completed", goods | {"receipt_id": "r2"}),
                    ("Inspection Completed", goods),
                    ("Credit Memo Created", memo),
                    ("Credit Memo Created", memo | {"source_key": "m2"}),
                    ("Credit Cancelled", memo),
                    ("Return Closed", case),
                    ("Return Reopened", case),
                    ("Return Closed", case),
                    ("Return Reopened", case),
                ]
            ),
        },
        cases={"1": {"return_value": 24.0}},
    )
    found = {one.kind: (one.cost.occurrences, one.ended, one.cost.total_seconds) for one in returns_rework(log)}
    assert found == {
        "information requested late": (1, 1, 3600.0),
        "inspected again": (1, 1, 7200.0),
        "credit cancelled": (1, 1, 7200.0),
        "reopened": (2, 1, 3600.0),
    }


@settings(deadline=None, max_examples=15)
@given(TRACES)
def test_each_event_after_the_first_of_its_activity_is_one_repetition(
    traces: list[list[tuple[str, str | None]]],
) -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    for trace in traces:
        for here, (activity, resource) in enumerate(trace):
            before = [at for at in range(here) if trace[at][0] == activity]
            if before:
                other = trace[before[-1]][1]
                kind = "self-loop" if before[-1] == here - 1 else "loop"
                known = "repeat" if resource == other else "redo"
                expected[activity, kind, known if resource and other else "unknown"] += 1
    log = log_of({f"{number}": done_by(*trace) for number, trace in enumerate(traces)})
    assert counted(repetitions(log)) == expected
