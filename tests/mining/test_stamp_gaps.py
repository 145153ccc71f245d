"""Documents of returns that lack a stamp, and KPIs whose stamps are only dates."""

from __future__ import annotations

import duckdb
import pytest

from mining.log import EventLog
from mining.stamp_gaps import kpi_intervals, missing_stamps
from tests.mining.worlds import Step, log_of

HOUR = 3_600_000_000
DOCUMENTS = {
    "inspections": "return_id, started_at, completed_at",
    "dispositions": "return_id, executed_at",
    "credit_memos": "return_id, posted_at, cancelled_at, source_key, is_effective",
    "replacement_orders": "return_id, shipped_at",
    "receipts": "return_id, receipt_id",
    "stock_postings": "receipt_id, posted_at",
}


def documents(con: duckdb.DuckDBPyConnection, rows: dict[str, list[tuple[object, ...]]]) -> None:
    con.execute("create schema returns")
    for table, names in DOCUMENTS.items():
        columns = ", ".join(f"{name} {'boolean' if name.startswith('is_') else 'text'}" for name in names.split(", "))
        con.execute(f"create table returns.{table} ({columns})")
        for row in rows.get(table, []):
            con.execute(f"insert into returns.{table} values ({', '.join('?' * len(row))})", list(row))


def test_a_stamp_is_missing_when_the_return_is_over_and_not_yet_there_while_it_is_open() -> None:
    log = log_of(
        {"over": [("a", "2025-03-03 08:00")], "open": [("a", "2025-03-03 08:00")]}, cases={"open": {"is_open": True}}
    )
    assert isinstance(log.connection, duckdb.DuckDBPyConnection)
    documents(
        log.connection,
        {
            "inspections": [("over", "s", None), ("open", "s", None), ("over", "s", "c"), ("elsewhere", "s", None)],
            "credit_memos": [("over", None, "x", "1", False), ("over", None, None, "2", False)],
            "receipts": [("over", "1"), ("over", "2"), ("open", "3")],
            "stock_postings": [("1", "p"), ("1", "p")],
        },
    )
    assert [(one.stamp, one.documents, one.missing, one.not_yet) for one in missing_stamps(log)] == [
        ("credit posted", 1, 1, 0),
        ("inspection completed", 3, 1, 1),
        ("inspection started", 1, 0, 0),
        ("receipt posted", 3, 1, 1),
    ]


def returns_world(memos: list[tuple[object, ...]], traces: dict[str, list[Step]]) -> EventLog:
    """Returns of an entity open from 08:00 to 16:00 UTC each day; its business day is these eight hours."""
    case = {"is_closed": True, "standard_day_seconds": 28800.0}
    log = log_of(traces, cases=dict.fromkeys(traces, case))
    assert isinstance(log.connection, duckdb.DuckDBPyConnection)
    documents(log.connection, {"credit_memos": memos})
    log.connection.execute("create schema staging")
    log.connection.execute(f"""
        create table staging.business_days as
        select 'E' as entity_id, date '2025-03-03' + day::int as local_date, day * {8 * HOUR} as open_micros_before
        from range(5) as days (day)
    """)
    return log


def event(activity: str, day: int, hour: int, precision: str = "second", key: str = "") -> Step:
    more = {
        "business_micros": (8 * day + hour - 8) * HOUR,
        "ts_precision": precision,
        "entity_id": "E",
        "local_date": f"2025-03-{3 + day:02}",
        "source_key": key,
    }
    return activity, f"2025-03-{3 + day:02} {hour:02}:00", more


def test_a_date_lets_a_kpi_vary_by_the_working_day() -> None:
    log = returns_world(
        [("R", "p", None, "M", True), ("R", "p", "x", "V", False)],
        {
            "R": [
                event("RMA Created", 0, 8),
                event("Goods Received", 0, 12),
                event("Credit Posted", 0, 14, key="V"),
                event("Credit Posted", 2, 16, "day", key="M"),
                event("Return Closed", 3, 16),
            ]
        },
    )
    log.connection.execute("alter table event_log.events alter local_date type date")
    lag, cycle = kpi_intervals(log)
    assert (lag.kpi, lag.items, lag.uncertain) == ("credit_lag_days", 1, 1)
    assert (lag.mean, lag.least_mean, lag.most_mean) == (2.5, 1.5, 2.5)
    assert (lag.median, lag.least_median, lag.most_median) == (2.5, 1.5, 2.5)
    assert (cycle.kpi, cycle.items, cycle.uncertain, cycle.mean) == ("cycle_time_days", 1, 0, pytest.approx(4))


def test_a_date_at_the_beginning_lets_it_be_longer() -> None:
    log = returns_world([], {"R": [event("RMA Created", 0, 16, "day"), event("Return Closed", 1, 12)]})
    log.connection.execute("alter table event_log.events alter local_date type date")
    [cycle] = kpi_intervals(log)
    assert (cycle.mean, cycle.least_mean, cycle.most_mean) == (0.5, 0.5, 1.5)
