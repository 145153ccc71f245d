"""Event logs as other tools write them: XES and CSV files made of compact lists of events."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import duckdb

from mining.any_log.columns import Columns
from mining.any_log.log_file import LogFile, read_log

CASE, ACTIVITY, TIMESTAMP, RESOURCE = "case:concept:name", "concept:name", "time:timestamp", "org:resource"
Events = Sequence[Mapping[str, str | None]]
Traces = Sequence[tuple[Mapping[str, str], Events]]


def event(
    activity: str | None, timestamp: str | None, resource: str | None = None, **more: str
) -> dict[str, str | None]:
    """An event with the names of XES; a `more` name has ``__`` for a colon."""
    named = {ACTIVITY: activity, TIMESTAMP: timestamp, RESOURCE: resource}
    return named | {name.replace("__", ":"): value for name, value in more.items()}


def xes(traces: Traces, head: str = "", root: str = '<log xmlns="http://www.xes-standard.org/">') -> str:
    """The text of an XES file; what is None is not written."""
    body = "".join(
        f"<trace>{_attributes(attributes)}{''.join(f'<event>{_attributes(step)}</event>' for step in events)}</trace>"
        for attributes, events in traces
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n{head}{body}</log>\n'


def write_xes(path: Path, traces: Traces) -> Path:
    """Write an XES file, zipped when its name says so."""
    text = xes(traces).encode()
    path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)
    return path


def write_csv(path: Path, rows: Events, separator: str = ",") -> Path:
    """Write a CSV file with the columns of all rows."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, delimiter=separator, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def flat(traces: Traces) -> list[Mapping[str, str | None]]:
    """The same events as rows, each with its trace's attributes under ``case:``."""
    return [
        {f"case:{key}": value for key, value in attributes.items()} | dict(step)
        for attributes, events in traces
        for step in events
    ]


def loaded(path: Path, columns: Columns | None = None, complete_only: bool = False) -> LogFile:
    """Read a file into a database in memory."""
    return read_log(duckdb.connect(), path, columns or Columns(), complete_only)


def column(found: LogFile, name: str) -> list[object]:
    """One column of the events, in the order of cases and their events."""
    query = f"select {name} from event_log.events order by case_id, case_position"
    return [value for (value,) in found.log.connection.execute(query).fetchall()]


def attribute(found: LogFile, name: str) -> list[object]:
    """One column of the cases, in the order of the cases."""
    rows = found.log.connection.execute(f'select "{name}" from event_log.cases order by case_id').fetchall()
    return [value for (value,) in rows]


def _attributes(values: Mapping[str, str | None]) -> str:
    kinds = {TIMESTAMP: "date"}
    return "".join(
        f"<{kinds.get(key, 'string')} key={quoteattr(key)} value={_quoted(value)}/>"
        for key, value in values.items()
        if value is not None
    )


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
