"""Queues: work in progress by day, and Little's law, exact where nothing is cut by the window."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.log import EventLog
from mining.queues import flow_balance, queues, work_times
from tests.mining.worlds import log_of

START = datetime(2025, 3, 3)


def stays(spans: list[tuple[int, int | None]]) -> EventLog:
    """Cases from one hour to another; open ones have no second hour and are last seen when they come."""
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    con.execute("create table cases (case_id text, started_at timestamp, ended_at timestamp, is_open boolean)")
    for number, (entered, left) in enumerate(spans):
        until = START + timedelta(hours=entered if left is None else left)
        con.execute(
            "insert into cases values (?, ?, ?, ?)",
            [str(number), START + timedelta(hours=entered), until, left is None],
        )
    return EventLog(con, "events", "cases")


def test_work_in_progress_is_counted_by_day() -> None:
    [found] = queues(stays([(0, 30), (5, 6), (20, 80), (26, None)]), segments=None)
    assert found.place is None
    assert [(one.day, one.arrivals, one.departures, one.in_progress) for one in found.days] == [
        (date(2025, 3, 3), 3, 1, 2),
        (date(2025, 3, 4), 1, 1, 2),
        (date(2025, 3, 5), 0, 0, 2),
        (date(2025, 3, 6), 0, 1, 1),
    ]


def test_segments_are_places_of_local_days() -> None:
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    con.execute("create table cases as select 'R' as case_id, 'America/New_York' as time_zone")
    con.execute("""
        create table segments as
        select 'R' as case_id, segment, started_at::timestamp as started_at, ended_at::timestamp as ended_at, is_running
        from (values
            ('approval', '2025-03-04 03:00', '2025-03-05 12:00', false),
            ('transit', '2025-03-05 12:00', '2025-03-06 12:00', true)
        ) as t (segment, started_at, ended_at, is_running)
    """)
    whole, approval, transit = queues(EventLog(con, "events", "cases"), segments="segments")
    assert [one.place for one in (whole, approval, transit)] == [None, "approval", "transit"]
    assert [one.in_progress for one in whole.days] == [1, 1, 1]
    assert (approval.days[0].day, [one.in_progress for one in approval.days]) == (date(2025, 3, 3), [1, 1, 0])
    assert [one.arrivals for one in transit.days] == [0, 0, 1]


def test_what_a_window_cuts_is_the_gap_in_littles_law() -> None:
    log = stays([(0, 48), (24, 72), (48, None)])
    [found] = flow_balance(log, START + timedelta(hours=24), START + timedelta(hours=72), segments=None)
    assert (found.at_start, found.arrivals, found.departures, found.at_end) == (1, 2, 1, 2)
    assert (found.mean_in_progress, found.arrivals_per_day, found.mean_stay_days) == (2.0, 1.0, 2.0)
    assert (found.expected_in_progress, found.relative_gap, found.working_days) == (2.0, 0.0, 2)
    [whole] = flow_balance(log, segments=None)
    assert (whole.at_start, whole.arrivals, whole.departures, whole.at_end) == (0, 3, 2, 1)
    assert whole.relative_gap == pytest.approx((3 * 2 - (2 + 2 + 1)) / 5)


def test_a_place_that_nobody_has_left_has_no_stay() -> None:
    [found] = flow_balance(stays([(0, None), (5, None)]), segments=None)
    assert (found.at_end, found.mean_stay_days, found.relative_gap) == (2, None, None)
    assert queues(stays([]), segments=None) == flow_balance(stays([]), segments=None) == ()


SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda span: (span[0], sum(span))), max_size=8)


@settings(deadline=None, max_examples=15)
@given(SPANS.filter(bool))
def test_littles_law_is_exact_where_the_window_cuts_nothing(spans: list[tuple[int, int]]) -> None:
    [found] = flow_balance(stays(list(spans)), segments=None)
    assert (found.at_start, found.at_end) == (0, 0)
    assert found.expected_in_progress == pytest.approx(found.mean_in_progress, rel=1e-12)


@settings(deadline=None, max_examples=15)
@given(SPANS.filter(bool), st.integers(0, 300), st.integers(1, 300))
def test_who_is_there_is_who_was_there_and_came_less_who_left(
    spans: list[tuple[int, int]], begin: int, length: int
) -> None:
    log = stays(list(spans))
    [queue] = queues(log, segments=None)
    came = left = 0
    for day in queue.days:
        came, left = came + day.arrivals, left + day.departures
        assert day.in_progress == came - left >= 0
    window = START + timedelta(hours=begin), START + timedelta(hours=begin + length)
    for found in flow_balance(log, *window, segments=None):
        assert found.at_start + found.arrivals - found.departures == found.at_end


def test_work_is_observed_where_a_row_has_both_stamps() -> None:
    def step(activity: str, at: str, key: str, micros: int) -> tuple[str, str, dict[str, object]]:
        return activity, f"2025-03-03 {at}", {"source_key": key, "source_table": "i", "business_micros": micros}

    log = log_of(
        {
            "R": [
                step("Inspection Started", "08:00", "1", 0),
                step("Inspection Started", "08:10", "2", 600_000_000),
                step("Inspection Completed", "08:30", "1", 1_800_000_000),
                step("Inspection Started", "09:00", "3", 2_000_000_000),
                step("Inspection Completed", "09:10", "2", 2_400_000_000),
            ]
        }
    )
    [found] = work_times(log)
    assert (found.jobs, found.without_end) == (2, 1)
    assert (found.mean_seconds, found.mean_business_seconds, found.total_seconds) == (2700, 1800, 5400)
