"""Segments: they add up to the end-to-end time, with what is missing, disordered, running or cut short counted."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.log import EventLog
from mining.segments import Decomposition, segments

HOUR = 3_600_000_000
MILESTONES = [("Return Approved", "approval", 4.0), ("Goods Received", "dock", 2.0), ("Return Closed", "closure", None)]


def decomposition(cases: dict[str, tuple[str, int, list[tuple[str, int, str]]]]) -> Decomposition:
    """Cases are (state, hours from request to close, [(segment, hours, flag)]); business time is half of elapsed."""
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    con.execute(
        "create table milestones (activity text, position int, segment text, title text, target_business_hours double)"
    )
    for position, (activity, segment, target) in enumerate(MILESTONES, 1):
        con.execute(
            "insert into milestones values (?, ?, ?, ?, ?)", [activity, position, segment, f"To {segment}", target]
        )
    con.execute("""
        create table cases (
            case_id text, is_closed boolean, is_open boolean, requested_at timestamp, closed_at timestamp,
            requested_micros bigint, closed_micros bigint, segment text
        )
    """)
    con.execute("""
        create table segments (
            case_id text, segment text, elapsed_micros bigint, business_micros bigint,
            is_running boolean, is_cut_short boolean, is_out_of_order boolean
        )
    """)
    for case_id, (state, hours, parts) in cases.items():
        con.execute(
            """
            insert into cases values ($c, $closed, $open, timestamp '2025-01-01',
                timestamp '2025-01-01' + interval (3600 * $h) second, 0, $m, 'A')
            """,
            {"c": case_id, "closed": state == "closed", "open": state == "open", "h": hours, "m": hours * HOUR // 2},
        )
        for segment, spent, flag in parts:
            con.execute(
                "insert into segments values (?, ?, ?, ?, ?, ?, ?)",
                [
                    case_id,
                    segment,
                    spent * HOUR,
                    spent * HOUR // 2,
                    flag == "running",
                    flag == "cut",
                    flag == "disordered",
                ],
            )
    return segments(EventLog(con, "events", "cases"), "segments", "milestones")


def test_segments_of_closed_returns_add_up_with_what_is_absent_running_and_cut_short_beside_them() -> None:
    found = decomposition(
        {
            "R-1": ("closed", 30, [("approval", 10, ""), ("dock", 4, ""), ("closure", 16, "")]),
            "R-2": ("closed", 10, [("approval", 6, ""), ("closure", 4, "")]),
            "R-3": ("closed", 8, [("approval", 8, ""), ("dock", 0, "disordered"), ("closure", 0, "")]),
            "R-4": ("open", 0, [("approval", 2, ""), ("dock", 5, "running")]),
            "R-5": ("cancelled", 0, [("approval", 3, "cut")]),
        }
    )
    assert (found.returns, found.elapsed_micros, found.business_micros) == (3, 48 * HOUR, 24 * HOUR)
    approval, dock, closure = found.segments
    assert [one.title for one in found.segments] == ["To approval", "To dock", "To closure"]
    assert (approval.returns, approval.absent, approval.elapsed_micros, approval.cut_short) == (3, 0, 24 * HOUR, 1)
    assert (approval.elapsed_share, approval.business_share, approval.over_target) == (0.5, 0.5, 1)
    assert (approval.mean_seconds, approval.median_seconds, approval.p90_seconds) == (28800, 28800, 34560)
    assert (dock.returns, dock.absent, dock.out_of_order, dock.running) == (2, 1, 1, 1)
    assert (dock.elapsed_micros, dock.running_elapsed_micros, dock.running_business_micros) == (
        4 * HOUR,
        5 * HOUR,
        5 * HOUR // 2,
    )
    assert (closure.target_business_hours, closure.over_target, closure.total_business_seconds) == (None, 0, 36000)


def test_a_log_without_closed_returns_has_segments_of_nothing() -> None:
    found = decomposition({"R-1": ("open", 0, [("approval", 2, "running")])})
    assert (found.returns, found.elapsed_micros, found.business_micros) == (0, 0, 0)
    assert [(one.returns, one.absent, one.mean_seconds, one.elapsed_share) for one in found.segments] == [
        (0, 0, None, None)
    ] * 3
    assert found.segments[0].running == 1


@settings(deadline=None, max_examples=15)
@given(st.lists(st.lists(st.integers(0, 500), min_size=3, max_size=3), max_size=6))
def test_segments_add_up(spent: list[list[int]]) -> None:
    names = [segment for _, segment, _ in MILESTONES]
    found = decomposition(
        {
            str(number): ("closed", sum(hours), [(name, hour, "") for name, hour in zip(names, hours, strict=True)])
            for number, hours in enumerate(spent)
        }
    )
    assert sum(one.elapsed_micros for one in found.segments) == found.elapsed_micros
    assert [one.returns + one.absent for one in found.segments] == [found.returns] * 3
    if found.elapsed_micros:
        assert sum(one.elapsed_share or 0 for one in found.segments) == pytest.approx(1)
