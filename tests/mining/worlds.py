"""Event logs written by hand: a compact list of traces becomes the two relations of an EventLog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb

from mining.log import EventLog

Step = tuple[str, str] | tuple[str, str, Mapping[str, object]]
Traces = Mapping[str, Sequence[Step]]

EVENT_COLUMNS = {
    "case_id": "varchar",
    "event_id": "varchar",
    "activity": "varchar",
    "event_at": "timestamp",
    "ts_precision": "varchar",
    "resource": "varchar",
    "department": "varchar",
    "is_automation": "boolean",
    "source_system": "varchar",
    "business_micros": "bigint",
    "written": "bigint",
}
CASE_COLUMNS = {"case_id": "varchar", "is_open": "boolean"}
FOLLOWED = ("activity", "event_at", "business_micros", "resource", "department", "source_system")


def log_of(
    traces: Traces,
    *,
    cases: Mapping[str, Mapping[str, object]] | None = None,
    con: duckdb.DuckDBPyConnection | None = None,
    schema: str = "event_log",
) -> EventLog:
    """Write `<schema>.events` and `<schema>.cases` into `con` (a new database in memory without one).

    A step is ``(activity, "YYYY-MM-DD HH:MM[:SS]")`` in UTC, with a dict of further event columns as an optional third
    part: resource, department, source_system, is_automation, ts_precision, business_micros, event_id, or any other
    name (its column is added). Events stand in the order of their instants; at one instant `day` precision comes last,
    then the order in which they are written. `cases` gives attribute columns; what it leaves out is null. A column
    named ``*_at`` is a timestamp, `is_*` and `has_*` are booleans, else the type is that of its values. `is_open` is
    false without one.
    """
    con = con or duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    con.execute(f"create schema if not exists {schema}")
    rows = [
        {"case_id": case_id, "event_id": f"{case_id}:{number:03}", **_event(step), "written": number}
        for case_id, trace in traces.items()
        for number, step in enumerate(trace, 1)
    ]
    _fill(con, f"{schema}.written_events", EVENT_COLUMNS | _more_columns(rows, EVENT_COLUMNS), rows)
    attributes = [
        {"case_id": case_id, "is_open": False, **(cases or {}).get(case_id, {})} for case_id, trace in traces.items()
    ]
    _fill(con, f"{schema}.written_cases", CASE_COLUMNS | _more_columns(attributes, CASE_COLUMNS), attributes)
    _order(con, schema)
    return EventLog(con, f"{schema}.events", f"{schema}.cases")


def _event(step: Step) -> dict[str, object]:
    more = step[2] if len(step) == 3 else {}
    return {"activity": step[0], "event_at": step[1], "ts_precision": "second", "is_automation": False, **more}


def _more_columns(rows: Sequence[Mapping[str, object]], known: Mapping[str, str]) -> dict[str, str]:
    names = dict.fromkeys(name for row in rows for name in row if name not in known)
    return {name: _type(name, [row[name] for row in rows if row.get(name) is not None]) for name in names}


def _type(name: str, values: Sequence[object]) -> str:
    if name.endswith("_at"):
        return "timestamp"
    if name.startswith(("is_", "has_")):
        return "boolean"
    for kinds, sql in ((str, "varchar"), (bool, "boolean"), (datetime, "timestamp"), (date, "date"), (int, "bigint")):
        if all(isinstance(value, kinds) for value in values):
            return sql
    return "double"


def _fill(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]
) -> None:
    con.execute(f"create or replace temp table {table.split('.')[1]} ({', '.join(map(' '.join, columns.items()))})")
    if rows:
        row = f"({', '.join('?' * len(columns))})"
        values = [row_.get(name) for row_ in rows for name in columns]
        con.execute(f"insert into {table.split('.')[1]} values {', '.join([row] * len(rows))}", values)


def _order(con: duckdb.DuckDBPyConnection, schema: str) -> None:
    leads = ", ".join(f"lead({name}) over case_order as next_{name}" for name in FOLLOWED)
    con.execute(f"""
        create or replace table {schema}.events as
        select * exclude (written), row_number() over case_order as case_position, {leads}
        from written_events
        window case_order as (partition by case_id order by event_at, ts_precision desc, written)
    """)
    con.execute(f"""
        create or replace table {schema}.cases as
        with paths as (
            select
                case_id,
                min(event_at) as started_at,
                max(event_at) as ended_at,
                count(*) as events,
                string_agg(activity, ' > ' order by case_position) as variant
            from {schema}.events
            group by case_id
        )
        select paths.*, md5(variant) as variant_id, written_cases.* exclude (case_id)
        from paths
        inner join written_cases using (case_id)
    """)
    con.execute("drop table written_events")
    con.execute("drop table written_cases")
