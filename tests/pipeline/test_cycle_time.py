"""The Kaplan-Meier estimate on cohorts small enough to follow by hand; a standard day has one hour here."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest

from pipeline.cycle_time import CohortCycleTime, cohort_cycle_time

DAY = 3_600_000_000
AS_OF = 10


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema event_log")
    connection.execute("create schema returns")
    connection.execute("create table event_log.events (case_id varchar, activity varchar, business_micros bigint)")
    connection.execute("""
        create table event_log.cases (
            case_id varchar, entity_id varchar, time_zone varchar, requested_at timestamp, requested_micros bigint,
            closed_micros bigint, is_closed boolean, is_open boolean, standard_day_seconds double
        )
    """)
    connection.execute(f"create table returns.as_of_clocks as select 'US' as entity_id, {AS_OF * DAY} as as_of_micros")
    return connection


def follow(
    con: duckdb.DuckDBPyConnection, state: str, days: int, entity: str = "US", day_seconds: float | None = 3600
) -> None:
    """Add a return followed for that many days until it is closed, declined, or still open at as-of."""
    case_id = str(con.execute("select count(*) from event_log.cases").fetchall()[0][0])
    requested = (AS_OF - days) * DAY
    row = [case_id, entity, "America/New_York", datetime(2025, 3, 10, 13), requested, requested + days * DAY]
    con.execute(
        "insert into event_log.cases values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*row, state == "closed", state == "open", day_seconds],
    )
    if state == "declined":
        con.execute("insert into event_log.events values (?, 'Return Declined', ?)", [case_id, AS_OF * DAY])


def test_without_open_returns_it_is_the_plain_mean_and_median(con: duckdb.DuckDBPyConnection) -> None:
    for days in (1, 2, 6):
        follow(con, "closed", days)
    found = cohort_cycle_time(con)
    assert (found.n, found.closed, found.median) == (3, 3, 2)
    assert found.restricted_mean == pytest.approx(3)


def test_open_returns_lengthen_it(con: duckdb.DuckDBPyConnection) -> None:
    # S is 3/4 from day 1; the one open at day 2 leaves; S is 3/8 from day 3, and 0 from day 5.
    for state, days in (("closed", 1), ("open", 2), ("closed", 3), ("closed", 5)):
        follow(con, state, days)
    found = cohort_cycle_time(con)
    assert (found.n, found.closed, found.open, found.competing) == (4, 3, 1, 0)
    assert found.median == 3
    assert found.restricted_mean == pytest.approx(1 + 2 * 3 / 4 + 2 * 3 / 8)


def test_a_declined_return_leaves_without_closing(con: duckdb.DuckDBPyConnection) -> None:
    for state, days in (("declined", 1), ("closed", 2), ("open", 4)):
        follow(con, state, days)
    found = cohort_cycle_time(con)
    assert (found.closed, found.open, found.competing, found.median) == (1, 1, 1, 2)
    assert (found.restricted_mean, found.horizon) == (pytest.approx(2 + 2 / 2), 4)


def test_the_median_is_unknown_while_more_than_half_stay_open(con: duckdb.DuckDBPyConnection) -> None:
    for state, days in (("closed", 1), ("open", 2), ("open", 3)):
        follow(con, state, days)
    assert cohort_cycle_time(con).median is None


def test_returns_without_a_calendar_are_left_out_and_counted(con: duckdb.DuckDBPyConnection) -> None:
    follow(con, "closed", 1, day_seconds=None)
    assert cohort_cycle_time(con) == CohortCycleTime(0, 0, 0, 0, 1, None, None, None)


@pytest.mark.parametrize(
    ("start", "end", "entities", "n"),
    [
        (date(2025, 3, 10), date(2025, 3, 11), None, 1),
        (date(2025, 3, 11), None, None, 0),
        (None, date(2025, 3, 10), None, 0),
        (None, None, ["DE"], 0),
        (None, None, ["US"], 1),
    ],
)
def test_a_cohort_is_chosen_by_request_date_and_entity(
    con: duckdb.DuckDBPyConnection, start: date | None, end: date | None, entities: list[str] | None, n: int
) -> None:
    follow(con, "closed", 1)
    assert cohort_cycle_time(con, start, end, entities).n == n
