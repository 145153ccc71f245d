"""A foreign log, XES or CSV, as the two relations of an EventLog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from mining.any_log.columns import Columns
from mining.any_log.from_csv import keep_csv_attributes, read_csv_rows
from mining.any_log.from_xes import keep_xes_attributes, read_xes_rows
from mining.any_log.judging import LeftOut, judge
from mining.any_log.tables import write_tables
from mining.log import EventLog
from pipeline.errors import UsageError


@dataclass(frozen=True)
class LogFile:
    """A file that was read: its log, how many events it has, which are left out, the names of its case attributes."""

    log: EventLog
    events_read: int
    left_out: tuple[LeftOut, ...]
    case_attributes: tuple[str, ...]


def read_log(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    columns: Columns,
    complete_only: bool = False,
    said: Callable[[str], None] = lambda text: None,
) -> LogFile:
    """Read ``.xes``, ``.xes.gz`` or ``.csv`` into `event_log.events` and `event_log.cases` of an empty database.

    Events of a case are ordered by instant (UTC, microseconds), ties by their order in the file. An event without
    case, activity or readable timestamp is left out and counted; so is one whose ``lifecycle:transition`` says
    something else than `complete` when `complete_only`. Case attributes are the traces' in XES, in CSV the columns
    with one value in each case; their names begin with ``case:``. Text is kept as it is, empty text is null. `said` is
    told how far the reading is.

    Raises UsageError when the file is neither, when a column is missing and when no event of the file can be used.
    """
    is_csv = _is_csv(path)
    con.execute("set TimeZone = 'UTC'; create schema file; create schema event_log")
    if is_csv:
        texts = read_csv_rows(con, path, columns)
        events_read, left_out = judge(con, path, columns, complete_only)
        attributes = keep_csv_attributes(con, texts)
    else:
        keys, outside = read_xes_rows(con, path, columns, said)
        events_read, left_out = judge(con, path, columns, complete_only, outside)
        attributes = keep_xes_attributes(con, keys)
    write_tables(con)
    return LogFile(EventLog(con), events_read, left_out, attributes)


def _is_csv(path: Path) -> bool:
    name = path.name.lower()
    if not path.is_file():
        raise UsageError(f"There is no file {path}; expected an event log, .xes, .xes.gz or .csv.")
    if not name.endswith((".csv", ".xes", ".xes.gz")):
        raise UsageError(f"{path} is no event log by its name; expected .xes, .xes.gz or .csv. Rename or convert it.")
    return name.endswith(".csv")
