"""What the published build says of a baseline's period: items, events and rows, laid as temporary tables."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from mining.cohort import Cohort, choose
from mining.log import EventLog
from pipeline.build_inputs import TABLE
from pipeline.contract import load_contract
from pipeline.errors import UsageError
from pipeline.macros import render
from pipeline.publish import Published
from pipeline.warehouse import Connection, column_types
from proof.baseline.record import Input, MeasureName, Reference
from proof.question import Side

ITEMS, EVENTS, ROWS, MEASURES = "baseline_items", "baseline_events", "baseline_rows", "baseline_measures"


@dataclass(frozen=True)
class ExtractTable:
    """A table of the extracts: its raw and staged relations, and the columns that are its content."""

    system: str
    name: str
    raw: str
    staged: str
    content: tuple[str, ...]

    @property
    def label(self) -> str:
        """The table as users know it, e.g. ``erp.returns``."""
        return f"{self.system}.{self.name}"


def lay_measures(con: Connection) -> tuple[MeasureName, ...]:
    """Keep the measures of the build as a temporary table, and return them."""
    con.execute(f"create or replace temp table {MEASURES} as {render('baseline_measures')}")
    query = f"""
        select position, measure, kpi, coalesce(part, ''), statistic, title, unit, aggregate
        from {MEASURES}
        order by position
    """  # noqa: S608 -- a table of this module
    return tuple(MeasureName(*row) for row in con.execute(query).fetchall())


def lay_ground(published: Published, side: Side, key: str) -> None:
    """Keep the items, events and rows of the build that concern a side as temporary tables.

    `key` keys the digests of the rows. Raises UsageError for a cohort that asks for what the log does not have.
    """
    con = published.connection
    is_whole = side.cohort == Cohort()
    cases = choose(EventLog(con), side.cohort).cases
    bound = {"start": side.start, "end": side.end}
    items = render("baseline_items", cases=cases, is_whole=is_whole)
    con.execute(f"create or replace temp table {ITEMS} as {items}", bound)
    events = render("baseline_events", cases=cases, is_whole=is_whole)
    con.execute(f"create or replace temp table {EVENTS} as {events}")
    rows = render("baseline_rows", tables=extract_tables(con))
    con.execute(f"create or replace temp table {ROWS} as {rows}", {"key": key})


def extract_tables(con: Connection) -> tuple[ExtractTable, ...]:
    """Return the tables of the extract contract with the columns of their content: all but when a row was changed."""
    found = []
    for table in load_contract().tables:
        raw = f"raw.{table.raw_name}"
        columns = [name for name in column_types(con, raw) if not name.startswith(("_", "updated_at"))]
        content = tuple(f"versions.{name}" for name in columns)
        found.append(ExtractTable(table.system, table.name, raw, f"staging.stg_{table.raw_name}", content))
    return tuple(found)


def build_inputs(con: Connection) -> tuple[Input, ...]:
    """Return what the published build was made with.

    Raises UsageError for a build of an older version, which did not keep it.
    """
    schema, name = TABLE.split(".")
    asked = "select count(*) from information_schema.tables where table_schema = ? and table_name = ?"
    [(there,)] = con.execute(asked, [schema, name]).fetchall()
    if not there:
        raise UsageError(
            "The published build does not say which files it was made of; an older version built it. "
            "Run `retrace build` again, then freeze."
        )
    query = f"select kind, name, size, content from {TABLE} order by kind, name"  # noqa: S608
    return tuple(Input(*row) for row in con.execute(query).fetchall())


def references(con: Connection) -> tuple[Reference, ...]:
    """Return every reference table of the build with its rows: calendars, targets, rates and codes."""
    return tuple(_reference(con, table) for table in extract_tables(con) if table.system == "reference")


def event_log_sha256(con: Connection) -> str:
    """Return a hash of all events of the build that does not depend on their order."""
    columns = [name for name in column_types(con, "event_log.events") if not name.startswith("next_")]
    [(_, digest)] = con.execute(render("baseline_multiset", relation="event_log.events", columns=columns)).fetchall()
    return str(digest)


def _reference(con: Connection, table: ExtractTable) -> Reference:
    columns = tuple(name for name in column_types(con, table.raw) if not name.startswith("_"))
    listed = ", ".join(f"cast({name} as varchar)" for name in columns)
    rows = con.execute(f"select {listed} from {table.raw} order by all").fetchall()  # noqa: S608
    content = json.dumps([columns, rows], ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Reference(table.label, columns, tuple(tuple(row) for row in rows), digest)
