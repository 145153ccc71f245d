"""A literal warehouse of returns for comparisons: what each return is, when it was asked for, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import duckdb
import pandas as pd

from pipeline.settings import SEEDS

DAY_SECONDS = 8 * 3600
SEED_TABLES = ("kpis", "kpi_measures", "compared_measures", "milestones", "activities", "stages")
SCHEMA = """
create schema staging; create schema returns; create schema event_log; create schema marts;
create table event_log.cases (
    case_id varchar, entity_id varchar, customer_id varchar, site varchar, channel varchar, reason varchar,
    category varchar, value_band varchar, requested_at timestamp, time_zone varchar, standard_day_seconds double,
    requested_micros bigint, closed_micros bigint, closed_at timestamp,
    is_closed boolean, is_declined boolean, is_cancelled boolean, is_open boolean, return_value double
);
create table event_log.events (
    event_id varchar, case_id varchar, activity varchar, event_at timestamp, ts_precision varchar, department varchar,
    business_micros bigint, case_position bigint, next_activity varchar, next_event_at timestamp,
    next_business_micros bigint, next_department varchar, resource varchar, is_automation boolean,
    source_system varchar
);
create table event_log.segments (
    case_id varchar, position integer, segment varchar, started_at timestamp, ended_at timestamp,
    elapsed_micros bigint, business_micros bigint
);
create table returns.as_of (as_of_at timestamp);
create table returns.supplier_claims (return_id varchar, decided_at timestamp, credited_at timestamp);
create table marts.kpi_items (
    kpi varchar, kpi_part varchar, item_id varchar, case_id varchar, anchor_at timestamp, value decimal(38, 15),
    numerator decimal(38, 15), denominator decimal(38, 15), left_out_reason varchar, is_lacking boolean
);
create table marts.exceptions (exception_type varchar, case_id varchar, detected_at timestamp);
"""


@dataclass(frozen=True)
class Stamp:
    """An event of a return, so many days after its request, elapsed and business days alike."""

    days: float
    activity: str
    precision: str = "second"
    department: str | None = None


@dataclass(frozen=True)
class One:
    """A return asked for at `start` (UTC) that `fate` ends after `days`, elapsed and business days alike.

    An open return has no `days`. `segments` are their business days by position of the milestone; without them all of
    it is the last. `shares` are numerators of shares of one item by KPI, e.g. ``{"rework_rate": 1}``. `stamps` are its
    events in order of time, `exceptions` types of those found half a day after the request.
    """

    start: datetime
    days: float | None
    fate: str = "closed"
    customer: str | None = None
    entity: str = "E1"
    site: str = "S1"
    channel: str = "portal"
    reason: str = "damaged"
    category: str = "tools"
    value_band: str = "low"
    segments: dict[int, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    value: float | None = 100.0
    day_seconds: float = DAY_SECONDS
    stamps: tuple[Stamp, ...] = ()
    exceptions: tuple[str, ...] = ()


def warehouse(returns: Iterable[One], as_of: datetime) -> duckdb.DuckDBPyConnection:
    """Return a connection to a warehouse in memory with these returns, R1, R2 ... in their order."""
    con = duckdb.connect(":memory:")
    con.execute("set TimeZone = 'UTC'")
    con.execute(SCHEMA)
    for name in SEED_TABLES:
        con.execute(f"create table staging.{name} as from read_csv('{SEEDS / name}.csv', header = true)")
    con.execute("insert into returns.as_of values (?)", [as_of])
    listed = list(enumerate(returns, 1))
    _insert(con, "event_log.cases", [_case(f"R{number}", one) for number, one in listed])
    _insert(con, "event_log.segments", [row for number, one in listed for row in _segments(f"R{number}", one, as_of)])
    _insert(con, "event_log.events", [row for number, one in listed for row in _events(f"R{number}", one)])
    _insert(con, "marts.kpi_items", [row for number, one in listed for row in _items(f"R{number}", one)])
    _insert(con, "marts.exceptions", [row for number, one in listed for row in _exceptions(f"R{number}", one)])
    return con


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(rows, dtype=object)  # noqa: F841 -- the engine reads it by its name
    if rows:
        con.execute(f"insert into {table} from frame")


def _case(case_id: str, one: One) -> tuple[object, ...]:
    kind = (one.entity, one.customer or case_id, one.site, one.channel, one.reason, one.category, one.value_band)
    end = None if one.days is None else one.start + timedelta(days=one.days)
    is_closed = one.fate == "closed"
    closed_micros = round(one.days * one.day_seconds * 1e6) if is_closed and one.days is not None else None
    clocks = (one.start, "UTC", one.day_seconds, 0, closed_micros, end if is_closed else None)
    fates = (is_closed, one.fate == "declined", one.fate == "cancelled", one.fate == "open")
    return case_id, *kind, *clocks, *fates, one.value


def _segments(case_id: str, one: One, as_of: datetime) -> list[tuple[object, ...]]:
    days = one.days if one.days is not None else (as_of - one.start).total_seconds() / 86400
    rows: list[tuple[object, ...]] = []
    at = one.start
    for position, part in sorted((one.segments or {8: days}).items()):
        end = at + timedelta(days=part)
        rows.append(
            (case_id, position, f"part {position}", at, end, part * 86400e6, round(part * one.day_seconds * 1e6))
        )
        at = end
    return rows


def _events(case_id: str, one: One) -> list[tuple[object, ...]]:
    stamps = [
        (stamp.activity, one.start + timedelta(days=stamp.days), round(stamp.days * one.day_seconds * 1e6), stamp)
        for stamp in one.stamps
    ]
    rows: list[tuple[object, ...]] = []
    for place, (activity, at, micros, stamp) in enumerate(stamps):
        following = [(*after[:3], after[3].department) for after in stamps[place + 1 : place + 2]]
        own = (f"{case_id}-{place}", case_id, activity, at, stamp.precision, stamp.department, micros, place + 1)
        rows.append((*own, *(following or [(None,) * 4])[0], None, None, None))
    return rows


def _exceptions(case_id: str, one: One) -> list[tuple[object, ...]]:
    return [(kind, case_id, one.start + timedelta(days=0.5)) for kind in one.exceptions]


def _items(case_id: str, one: One) -> list[tuple[object, ...]]:
    if one.fate != "closed" or one.days is None:
        return []
    end = one.start + timedelta(days=one.days)
    rows: list[tuple[object, ...]] = [
        ("cycle_time_days", None, case_id, case_id, end, one.days, None, None, None, False)
    ]
    for kpi, numerator in one.shares.items():
        rows.append((kpi, None, case_id, case_id, end, None, numerator, 1, None, False))
    return rows
