"""Batches of one actor, and activities that crowd on some weekdays or hours."""

from __future__ import annotations

from typing import Any

import pytest

from mining.batching import batched_activities, largest_batches
from mining.flow import ANY_LOG, RETURNS
from mining.log import EventLog
from mining.week import concentrations, week_profile
from tests.mining.worlds import Step, Traces, log_of


def by(resource: str | None, at: str, activity: str = "Post", **more: object) -> Step:
    return activity, f"2025-03-03 {at}", {"resource": resource, "source_system": "erp", **more}


def test_many_cases_of_one_user_in_one_minute_are_a_batch() -> None:
    together: dict[str, list[Step]] = {f"b{n}": [by("eve", f"10:00:{n:02}")] for n in range(6)}
    apart: dict[str, list[Step]] = {f"s{n}": [by("bob", f"11:{n:02}:00")] for n in range(6)}
    nobody: dict[str, list[Step]] = {f"n{n}": [by(None, "12:00:00", "Sync")] for n in range(5)}
    same_case: dict[str, list[Step]] = {"m": [by("ann", f"13:00:{n:02}", "Note") for n in range(9)]}
    days: dict[str, list[Step]] = {f"d{n}": [by("eve", "17:00:00", ts_precision="day")] for n in range(9)}
    log = log_of({**together, **apart, **nobody, **same_case, **days})
    post, sync = sorted(batched_activities(log), key=lambda one: one.activity)
    assert (post.activity, post.events, post.batched, post.batches, post.system_batches) == ("Post", 21, 6, 1, 0)
    assert (post.share, post.most_cases) == (pytest.approx(6 / 21), 6)
    assert (sync.activity, sync.share, sync.system_batches) == ("Sync", 1, 1)
    first, second = largest_batches(log)
    assert (first.actor, first.cases, first.first_at.second, first.last_at.second) == ("eve", 6, 0, 5)
    assert (second.actor, second.is_system, second.cases) == ("erp", True, 5)
    assert [one.cases for one in largest_batches(log, most=1)] == [6]
    assert batched_activities(log, least=7) == ()


def returns_of(traces: Traces) -> EventLog:
    """Returns of an entity in New York that opens at 08:30 for two hours from Monday to Friday."""
    log = log_of(traces, cases={case: {"entity_id": "E", "time_zone": "America/New_York"} for case in traces})
    log.connection.execute("create schema staging")
    log.connection.execute("""
        create table staging.business_days as
        select
            'E' as entity_id,
            day::date as local_date,
            case when isodow(day) <= 5 then timezone('UTC', timezone('America/New_York', day + interval 510 minute))
            end as opens_at,
            case when isodow(day) <= 5 then 7200000000 else 0 end as open_micros
        from generate_series(timestamp '2025-02-01', timestamp '2025-05-31', interval 1 day) as days (day)
    """)
    return log


def weekly(activity: str, days: list[int], hour: int = 14) -> dict[str, list[Step]]:
    """An event on some days of eight weeks from Monday 3 February 2025, at an hour of UTC and an hour before."""
    return {
        f"{activity} {week} {day}": [
            (activity, f"2025-{2 + (2 + 7 * week + day) // 28:02}-{1 + (2 + 7 * week + day) % 28:02} {at:02}:00")
            for at in (hour - 1, hour)
        ]
        for week in range(7)
        for day in days
    }


def test_an_activity_of_some_weekdays_is_told_from_one_of_all() -> None:
    log = returns_of(weekly("Credit", [1, 3]) | weekly("Receive", [0, 1, 2, 3, 4]) | weekly("Write", [5]))
    found = {one.activity: one for one in concentrations(log, "weekday")}
    credit = found["Credit"]
    assert (credit.events, credit.counts, credit.crowded) == (28, (0, 14, 0, 14, 0, 0, 0), (2, 4))
    assert credit.crowded_share == 1
    assert credit.crowded_expected == pytest.approx(0.4, abs=0.02)
    assert credit.effect == pytest.approx(1.22, abs=0.05)
    assert not credit.is_concentrated  # fewer than thirty events
    receive = found["Receive"]
    assert (receive.events, receive.outside, receive.is_concentrated, receive.crowded) == (70, 0, False, ())
    assert receive.p is not None
    assert receive.p > 0.9
    assert (found["Write"].events, found["Write"].outside, found["Write"].p) == (0, 14, None)


def test_enough_events_make_a_concentration() -> None:
    many = weekly("Credit", [1, 3]) | {f"{key} more": trace for key, trace in weekly("Credit", [1, 3]).items()}
    [found] = concentrations(returns_of(many), "weekday")
    assert (found.events, found.is_concentrated) == (56, True)


def test_hours_are_local_and_held_to_the_open_minutes() -> None:
    [found] = concentrations(returns_of(weekly("Credit", [0, 1, 2, 3, 4])), "hour")
    assert [(hour, count) for hour, count in enumerate(found.counts) if count] == [(8, 25), (9, 35), (10, 10)]
    assert [round(found.expected[hour], 1) for hour in (8, 9, 10)] == [17.5, 35, 17.5]
    assert found.outside == 0


def test_the_profile_counts_dates_without_an_hour() -> None:
    steps: dict[str, list[Step]] = {"a": [by("eve", "23:50"), by("eve", "23:55", ts_precision="day")]}
    assert [(one.weekday, one.hour, one.events) for one in week_profile(log_of(steps), ANY_LOG)] == [
        (1, None, 1),
        (1, 23, 1),
    ]
    assert [(one.weekday, one.hour, one.events) for one in week_profile(returns_of(steps), RETURNS)] == [
        (1, None, 1),
        (1, 18, 1),
    ]


def test_any_log_is_held_to_even_weeks() -> None:
    sundays: dict[str, list[Step]] = {str(n): [("Pray", f"2025-03-{2 + 7 * (n % 4):02} 10:00")] for n in range(40)}
    [found] = concentrations(log_of(sundays), "weekday", ANY_LOG)
    assert (found.crowded, found.is_concentrated, found.crowded_expected) == ((7,), True, pytest.approx(1 / 7))


def test_an_empty_log_has_no_batches_and_no_week() -> None:
    log: Any = log_of({})
    assert batched_activities(log) == largest_batches(log) == week_profile(log, ANY_LOG) == ()
    assert concentrations(log, "hour", ANY_LOG) == ()
