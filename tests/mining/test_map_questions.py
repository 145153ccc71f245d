"""Edges and activities of a log: how often, in how many cases, and how long the wait."""

from __future__ import annotations

import pytest

from tests.mining.worlds import log_of

HOUR = 3_600_000_000
TIMES = (("A", "08:00"), ("B", "09:00"), ("A", "10:00"), ("B", "13:00"))


def test_an_edge_counts_steps_and_cases_and_its_waits() -> None:
    log = log_of(
        {
            "1": [(name, f"2026-01-05 {time}") for name, time in TIMES],
            "2": [
                ("A", "2026-01-05 08:00", {"business_micros": 0}),
                ("B", "2026-01-05 10:00", {"business_micros": HOUR}),
            ],
        }
    )
    (a_b, b_a) = log.rows("edges")
    assert a_b[:4] == ("A", "B", 3, 2)
    assert a_b[4:8] == (7200.0, 7200.0, pytest.approx(10080.0), 21600.0)
    assert a_b[8:12] == (3600.0, 3600.0, 3600.0, 3600.0)
    assert b_a == ("B", "A", 1, 1, 3600.0, 3600.0, 3600.0, 3600.0, None, None, None, None)


def test_activities_count_where_cases_begin_and_end() -> None:
    log = log_of(
        {
            "1": [("A", "2026-01-05 08:00"), ("B", "2026-01-05 09:00"), ("B", "2026-01-05 10:00")],
            "2": [("A", "2026-01-05 08:00")],
        },
        cases={"2": {"is_open": True}},
    )
    assert log.rows("activities") == [("A", 2, 2, 2, 1, 0), ("B", 2, 1, 0, 1, 1)]


def test_a_log_of_nothing_has_no_edges() -> None:
    log = log_of({})
    assert log.rows("edges") == log.rows("activities") == log.rows("variants") == log.rows("handoffs") == []
