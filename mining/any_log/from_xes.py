"""Reading an XES event log into the engine, in batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from mining.any_log.columns import CASE_PREFIX, Columns, attribute_names
from mining.any_log.rows import row_columns, text_sql
from mining.any_log.xes import XesStream
from pipeline.load.dialect import identifier, literal

_BATCH = 50_000
_MOST_ATTRIBUTES = 500


def read_xes_rows(
    con: duckdb.DuckDBPyConnection, path: Path, columns: Columns, said: Callable[[str], None]
) -> tuple[tuple[str, ...], int]:
    """Make `file.events` and `file.trace_attributes` of an XES file.

    Returns the keys of the traces' attributes but for the case's own, the first 500 in the order of the file, and how
    many events stand in no trace.

    A trace without a name is a case of its own, called ``trace`` and its number in the file. Python holds one batch of
    events at a time. Raises UsageError naming the line of what is not XES.
    """
    texts = {key: f"k{position}" for position, key in enumerate(columns.used())}
    row = f"trace, {text_sql(texts, columns.case)} as case_id, {row_columns(columns, texts)}"
    nothing = ", ".join(f"cast(null as varchar) as {text}" for text in texts.values())
    con.execute(
        f"""
        create table file.rows as select {row} from (select cast(0 as bigint) as trace, {nothing}) where false;
        create table file.traces (trace bigint, name varchar);
        create table file.trace_attributes (trace bigint, key varchar, value varchar)
        """  # noqa: S608 -- the program's names
    )
    stream = XesStream(path, frozenset(texts))
    for _ in stream.read():
        if len(stream.events) >= _BATCH or len(stream.traces) >= _BATCH:
            _keep_events(con, stream, tuple(texts), row)
            _keep_traces(con, stream, columns)
            said(f"{stream.events_read:,} events")
    _keep_events(con, stream, tuple(texts), row)
    _keep_traces(con, stream, columns)
    con.execute(f"create view file.events as {_events(columns)}")
    return _trace_keys(con, columns), stream.outside


def keep_xes_attributes(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> tuple[str, ...]:
    """Make `file.attributes`: per case and key, what the first of its traces says; return the attributes' names."""
    names = attribute_names(keys)
    values = "".join(
        f", min_by(value, trace) filter (where key = {literal(key)}) as {identifier(name)}"
        for key, name in zip(keys, names, strict=True)
    )
    con.execute(
        f"""
        create table file.attributes as
        select case_id{values}
        from (select case_id, trace from file.kept group by case_id, trace)
        left join file.trace_attributes using (trace)
        group by case_id
        """  # noqa: S608 -- quoted
    )
    return names


def _trace_keys(con: duckdb.DuckDBPyConnection, columns: Columns) -> tuple[str, ...]:
    rows = con.execute(
        "select key from file.trace_attributes where key <> ? group by key order by min(rowid) limit ?",
        [columns.case.removeprefix(CASE_PREFIX), _MOST_ATTRIBUTES],
    ).fetchall()
    return tuple(key for (key,) in rows)


def _keep_events(con: duckdb.DuckDBPyConnection, stream: XesStream, keys: Sequence[str], row: str) -> None:
    """Move the events that the stream found into the engine."""
    events, stream.events = stream.events, []
    columns = {"trace": pa.array([trace for trace, _ in events], pa.int64())}
    for position, key in enumerate(keys):
        columns[f"k{position}"] = pa.array([event.get(key) for _, event in events], pa.string())
    _insert(con, f"insert into file.rows select {row} from batch", columns)  # noqa: S608 -- the program's names


def _keep_traces(con: duckdb.DuckDBPyConnection, stream: XesStream, columns: Columns) -> None:
    """Move the traces that the stream found into the engine: their names, and their attributes one by one."""
    traces, stream.traces = stream.traces, []
    case = columns.case.removeprefix(CASE_PREFIX)
    names = [found.get(case) for _, found in traces]
    numbers = pa.array([trace for trace, _ in traces], pa.int64())
    _insert(con, "insert into file.traces from batch", {"trace": numbers, "name": pa.array(names, pa.string())})
    attributes = [(trace, key, value) for trace, found in traces for key, value in found.items()]
    arrays = {
        "trace": pa.array([trace for trace, _, _ in attributes], pa.int64()),
        "key": pa.array([key for _, key, _ in attributes], pa.string()),
        "value": pa.array([value for _, _, value in attributes], pa.string()),
    }
    _insert(con, "insert into file.trace_attributes from batch", arrays)


def _insert(con: duckdb.DuckDBPyConnection, statement: str, columns: Mapping[str, pa.Array]) -> None:
    con.register("batch", pa.table(dict(columns)))
    con.execute(statement)
    con.unregister("batch")


def _events(columns: Columns) -> str:
    """The rows with their case: what the trace says, else its number; or what the event says, when that was asked."""
    case = "events.case_id"
    if columns.case.startswith(CASE_PREFIX):
        case = f"coalesce(nullif(traces.name, ''), {case}, 'trace ' || events.trace)"
    return f"""
        select events.rowid + 1 as row_number, {case} as case_id, events.* exclude (case_id)
        from file.rows as events
        inner join file.traces as traces on traces.trace = events.trace
    """  # noqa: S608 -- the program's names
