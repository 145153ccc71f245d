"""Bottlenecks: what counts as a wait for a step, what is left out, and how steps are ranked."""

from __future__ import annotations

from typing import Any

import pytest

from mining.bottlenecks import bottlenecks, step_medians
from mining.flow import ANY_LOG
from mining.log import EventLog
from pipeline.macros import render
from tests.mining.worlds import Step, log_of

HOUR = 3_600_000_000
STAGES = {"Approved": 1, "Delivered": 2, "Received": 3, "Posted": 3, "Inspected": 4, "Decided": 5, "Closed": 6}


def event(activity: str, hour: int, department: str, line: str | None = None) -> Step:
    more: dict[str, object] = {"department": department, "business_micros": hour * HOUR // 2, "line_no": line}
    return activity, f"2025-03-{3 + hour // 24:02} {hour % 24:02}:00", more


def returns(traces: dict[str, list[Step]], cases: dict[str, dict[str, Any]] | None = None) -> EventLog:
    """A log of returns with its waits, as the warehouse has them; a business hour is two elapsed ones."""
    about = {
        case: {"site": "A", "return_value": 10.0, "standard_day_seconds": 3600.0, "closed_at": None} for case in traces
    }
    log = log_of(traces, cases={case: {**row, **(cases or {}).get(case, {})} for case, row in about.items()})
    con = log.connection
    con.execute("create table steps (activity text, position int)")
    for activity, position in STAGES.items():
        con.execute("insert into steps values (?, ?)", [activity, position])
    waits = render("step_waits", events=log.events, cases=log.cases, steps="steps", line="line_no")
    con.execute(f"create table event_log.waits as {waits}")
    return log


def waits_of(log: EventLog) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = log.connection.execute("""
        select activity, previous, elapsed_micros / 3.6e9, business_micros / 3.6e9, is_inside, is_leap, is_late
        from event_log.waits
        order by case_id, case_position
    """).fetchall()
    return rows


def test_messages_in_between_do_not_hide_a_wait() -> None:
    log = returns(
        {"R": [event("Received", 0, "Dock"), event("Notified", 6, "Service"), event("Inspected", 8, "Quality")]}
    )
    assert waits_of(log) == [("Inspected", "Received", 8, 4, False, False, False)]


def test_a_step_of_a_line_waits_since_that_line_and_a_step_of_the_return_since_any() -> None:
    log = returns(
        {
            "R": [
                event("Delivered", 0, "Carrier"),
                event("Received", 1, "Dock", "1"),
                event("Received", 2, "Dock", "2"),
                event("Inspected", 5, "Quality", "1"),
                event("Inspected", 9, "Quality", "2"),
                event("Decided", 10, "Sales"),
                event("Inspected", 12, "Quality", "2"),
            ]
        }
    )
    assert [row[:3] for row in waits_of(log)] == [
        ("Received", "Delivered", 1),
        ("Received", "Delivered", 2),
        ("Inspected", "Received", 4),
        ("Inspected", "Received", 7),
        ("Decided", "Inspected", 1),
        ("Inspected", "Decided", 2),
    ]


def test_waits_inside_a_department_over_a_stage_and_after_the_close_are_left_out() -> None:
    trace = [
        event("Approved", 0, "Sales"),
        event("Received", 30, "Dock"),
        event("Posted", 31, "Dock"),
        event("Inspected", 35, "Quality"),
        event("Closed", 36, "Sales"),
        event("Decided", 40, "Quality"),
    ]
    log = returns({"R": trace}, {"R": {"closed_at": "2025-03-04 12:00"}})
    flags = {row[0]: row[4:] for row in waits_of(log)}
    assert flags == {
        "Received": (False, True, False),
        "Posted": (True, False, False),
        "Inspected": (False, False, False),
        "Closed": (False, True, False),
        "Decided": (False, False, True),
    }
    found = {one.step: one for one in bottlenecks(log, by=())}
    assert [(name, one.waits, one.inside, one.leaps, one.late) for name, one in sorted(found.items())] == [
        ("Closed", 0, 0, 1, 0),
        ("Decided", 0, 0, 0, 1),
        ("Inspected", 1, 0, 0, 0),
        ("Posted", 0, 1, 0, 0),
        ("Received", 0, 0, 1, 0),
    ]
    assert (found["Posted"].inside_seconds, found["Posted"].mean_seconds, found["Posted"].target_seconds) == (
        1800,
        None,
        None,
    )


def test_a_stage_that_only_another_line_has_left_is_leapt_over() -> None:
    trace = [
        event("Approved", 0, "Sales"),
        event("Delivered", 5, "Carrier", "1"),
        event("Received", 6, "Dock", "1"),
        event("Received", 9, "Dock", "2"),
        event("Decided", 12, "Sales"),
    ]
    assert [(row[0], row[1], row[5]) for row in waits_of(returns({"R": trace}))] == [
        ("Delivered", "Approved", False),
        ("Received", "Delivered", False),
        ("Received", "Approved", True),
        ("Decided", "Received", True),
    ]


def waiting(hours: int) -> list[Step]:
    return [event("Received", 0, "Dock"), event("Inspected", hours, "Quality")]


def test_steps_are_ranked_by_the_hours_beyond_their_target() -> None:
    log = returns(
        {"a": waiting(4), "b": waiting(8), "c": waiting(12), "d": waiting(20)},
        {"c": {"site": "B", "return_value": 100.0}, "d": {"site": "C"}},
    )
    by_site = bottlenecks(log, by=["site"])
    assert [(one.site, one.waits, one.target_seconds, one.excess_seconds, one.over_target) for one in by_site] == [
        ("C", 1, 5 * 3600, 5 * 3600, 1),
        ("B", 1, 5 * 3600, 1 * 3600, 1),
        ("A", 2, 5 * 3600, 0, 0),
    ]
    assert [one.excess_share for one in by_site] == [pytest.approx(5 / 6), pytest.approx(1 / 6), 0]
    assert [(one.site, one.value_days) for one in bottlenecks(log, by=["site"], order="money")] == [
        ("B", 100),
        ("C", 50),
        ("A", 0),
    ]
    [whole] = bottlenecks(log, by=[], targets={"Inspected": 3600.0, "Unheard of": 1.0})
    assert (whole.is_given, whole.target_seconds, whole.excess_seconds, whole.over_target) == (True, 3600, 18 * 3600, 4)
    assert (whole.mean_seconds, whole.median_seconds, whole.total_seconds) == (5.5 * 3600, 5 * 3600, 22 * 3600)
    assert step_medians(log) == {"Inspected": 5 * 3600}


def test_returns_without_value_or_calendar_are_counted() -> None:
    log = returns({"a": waiting(4), "b": waiting(8)}, {"b": {"return_value": None}})
    [found] = bottlenecks(log, by=[])
    assert (found.unvalued, found.value_days, found.excess_seconds) == (1, 0, 3600)


def test_any_log_waits_in_elapsed_time_for_every_next_event() -> None:
    log = log_of(
        {
            "1": [("a", "2025-03-03 08:00"), ("b", "2025-03-03 09:00"), ("c", "2025-03-03 12:00")],
            "2": [("a", "2025-03-03 08:00"), ("b", "2025-03-03 11:00")],
        }
    )
    found = bottlenecks(log, by=["previous"], flow=ANY_LOG)
    assert [(one.step, one.previous, one.waits, one.mean_seconds, one.excess_seconds) for one in found] == [
        ("b", "a", 2, 7200, 3600),
        ("c", "b", 1, 10800, 0),
    ]


def test_a_log_without_waits_has_no_bottlenecks() -> None:
    assert bottlenecks(log_of({"1": [("a", "2025-03-03 08:00")]}), by=[], flow=ANY_LOG) == ()


def test_a_cohort_is_held_to_the_medians_of_the_whole_log() -> None:
    log = returns({"a": waiting(4), "b": waiting(8), "c": waiting(20)}, {"c": {"site": "C"}})
    cohort = EventLog(log.connection, log.events, "(select * from event_log.cases where site = 'C')")
    assert [one.excess_seconds for one in bottlenecks(cohort)] == [0]
    assert [one.excess_seconds for one in bottlenecks(cohort, targets=step_medians(log))] == [6 * 3600]
