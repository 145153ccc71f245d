"""Write the object-centric event log as an OCEL 2.0 SQLite database (relational layout of the OCEL 2.0 standard)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pipeline.export.ocel import OBJECT_TYPES
from pipeline.warehouse import Connection

_BATCH = 10_000
_SCHEMA = """
    pragma journal_mode = off;
    pragma synchronous = off;
    create table event_map_type (ocel_type text primary key, ocel_type_map text not null);
    create table object_map_type (ocel_type text primary key, ocel_type_map text not null);
    create table event (
        ocel_id text primary key, ocel_type text not null references event_map_type (ocel_type)
    );
    create table object (
        ocel_id text primary key, ocel_type text not null references object_map_type (ocel_type)
    );
    create table event_object (
        ocel_event_id text not null references event (ocel_id),
        ocel_object_id text not null references object (ocel_id),
        ocel_qualifier text not null,
        primary key (ocel_event_id, ocel_object_id, ocel_qualifier)
    );
    create table object_object (
        ocel_source_id text not null references object (ocel_id),
        ocel_target_id text not null references object (ocel_id),
        ocel_qualifier text not null,
        primary key (ocel_source_id, ocel_target_id, ocel_qualifier)
    );
"""
_EVENT_COLUMNS = "ocel_time TIMESTAMP not null, resource text, department text, amount real, currency text"
_OBJECT_COLUMNS = "ocel_time TIMESTAMP not null, ocel_changed_field text"
_OBJECT = "object_type || ':' || object_id"
_INSTANT = "strftime(event_at, '%Y-%m-%d %H:%M:%S.%f')"
_BEFORE_ALL = "1970-01-01 00:00:00"


def write_ocel_sqlite(con: Connection, path: Path, events: str = "event_log.events") -> None:
    """Write every object and event (of this relation) to a new database at `path`; instants are UTC.

    Object ids carry their type (``receipt:R-1``), for two types may use one number. An object without changes has one
    row of its type at 1970-01-01, as the standard asks.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)
        activities = [name for (name,) in con.execute("select distinct activity from event_log.events").fetchall()]
        tables = _make_type_tables(database, "event", sorted(activities), _EVENT_COLUMNS)
        objects = _make_type_tables(database, "object", OBJECT_TYPES, _OBJECT_COLUMNS)
        _copy_objects(con, database, objects)
        _copy_events(con, database, events, tables)
        database.commit()


def _make_type_tables(
    database: sqlite3.Connection, kind: str, names: Sequence[str], columns: str
) -> list[tuple[str, str]]:
    """Create the table of each type and list it; returns (type, quoted table name)."""
    tables = []
    used: set[str] = set()
    for name in names:
        plain = re.sub(r"\W", "", name.title()) or "Type"
        short = plain
        while short.casefold() in used:
            short = f"{plain}_{len(used)}"
        used.add(short.casefold())
        table = f'"{kind}_{short}"'
        database.execute(f"insert into {kind}_map_type values (?, ?)", (name, short))  # noqa: S608 -- kind is ours
        database.execute(f"create table {table} (ocel_id text primary key references {kind} (ocel_id), {columns})")
        tables.append((name, table))
    return tables


def _copy_objects(con: Connection, database: sqlite3.Connection, tables: Sequence[tuple[str, str]]) -> None:
    ordered = "from event_log.objects {} order by object_type, object_id, case_id"
    _copy(con, database, f"select {_OBJECT}, object_type {ordered.format('')}", [], "object", 2)
    of_a_case = "where object_type <> 'return' and case_id is not null"
    links = f"select {_OBJECT}, 'return:' || case_id, 'belongs to' {ordered.format(of_a_case)}"
    _copy(con, database, links, [], "object_object", 3)
    rows = f"select {_OBJECT}, '{_BEFORE_ALL}', null {ordered.format('where object_type = ?')}"
    for name, table in tables:
        _copy(con, database, rows, [name], table, 3)


def _copy_events(con: Connection, database: sqlite3.Connection, events: str, tables: Sequence[tuple[str, str]]) -> None:
    order = "order by event_at, ts_precision desc, activity_rank, event_id"
    _copy(con, database, f"select event_id, activity from event_log.events {order}", [], "event", 2)  # noqa: S608
    links = f"select event_id, {_OBJECT}, qualifier from event_log.object_links order by all"  # noqa: S608
    _copy(con, database, links, [], "event_object", 3)
    columns = f"event_id, {_INSTANT}, resource, department, cast(amount as double), currency"
    rows = f"select {columns} from {events} where activity = ? {order}"  # noqa: S608
    for name, table in tables:
        _copy(con, database, rows, [name], table, 6)


def _copy(
    con: Connection, database: sqlite3.Connection, query: str, parameters: list[str], table: str, columns: int
) -> None:
    """Stream the answer of a query into a table; names and queries are the program's."""
    rows = con.execute(query, parameters)
    insert = f"insert into {table} values ({', '.join('?' * columns)})"  # noqa: S608
    while batch := rows.fetchmany(_BATCH):
        database.executemany(insert, batch)
