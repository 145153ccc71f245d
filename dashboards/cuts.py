"""Cuts of an open warehouse: catalogues in which every table of the log holds the returns of a cohort only.

A connection to a cut answers the same queries as one to the whole warehouse, so no query needs to know of filters. A
cut is made of a catalogue, the whole warehouse or what a limited viewer sees of it, and never shows more than that.
The views are made once for each catalogue; a connection says by a variable of its own whose members they keep, and
without it they refuse.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakSet

from mining.cohort import Cohort, choose
from mining.log import EventLog
from pipeline.warehouse import Connection, literal

LOG_SCHEMAS = ("event_log", "marts", "returns")
SHARED_SCHEMAS = ("staging", "raw", "quality")
CASE_KEYS = ("case_id", "return_id")
MEMBERS = "members_of_cut"
MOST_CUTS = 32


@dataclass
class Cut:
    """The members of a cohort: the lock of whoever chooses them, and the connections that read what they keep."""

    making: Lock = field(default_factory=Lock)
    is_made: bool = False
    readers: WeakSet[Connection] = field(default_factory=WeakSet)


class Cuts:
    """A warehouse with the cuts made of it, the least recently used of which are let go; safe for many threads."""

    def __init__(self, warehouse: Connection) -> None:
        self._warehouse = warehouse
        self._cuts: OrderedDict[str, Cut] = OrderedDict()
        self._viewed: set[str] = set()
        self._lock = Lock()

    def connection(self, catalogue: str, cohort: Cohort) -> Connection:
        """Return a connection of its own to the returns of a cohort, which has rules only; the empty one keeps all.

        Raises UsageError for a rule that asks for what the log does not have.
        """
        if not cohort.steps:
            return self._uncut(catalogue)
        views = f"cuts_of_{catalogue}"
        members = f"{views}.main.cut_{cohort.digest[:32]}"
        with self._lock:
            if catalogue not in self._viewed:
                _make_views(self._warehouse.cursor(), views, catalogue)
                self._viewed.add(catalogue)
            cut = self._cuts.setdefault(members, Cut())
            self._cuts.move_to_end(members)
            reader = self._warehouse.cursor()
            cut.readers.add(reader)
        with cut.making:
            if not cut.is_made:
                self._make(members, catalogue, cohort)
                cut.is_made = True
        self._let_go()
        reader.execute(f"set variable {MEMBERS} = {literal(members)}")
        reader.execute(f"set search_path = '{_path(views, catalogue)}'")
        return reader

    def _uncut(self, catalogue: str) -> Connection:
        reader = self._warehouse.cursor()
        reader.execute(f"use {catalogue}")
        return reader

    def _make(self, members: str, catalogue: str, cohort: Cohort) -> None:
        maker = self._uncut(catalogue)
        chosen = choose(EventLog(maker), cohort).cases
        maker.execute(f"create table {members} as select case_id from {chosen} as chosen")  # noqa: S608

    def _let_go(self) -> None:
        """Drop the oldest cuts that nobody reads, down to the most that are kept."""
        with self._lock:
            idle = [members for members, cut in self._cuts.items() if not cut.readers]
            for members in idle[: max(len(self._cuts) - MOST_CUTS, 0)]:
                self._warehouse.execute(f"drop table if exists {members}")
                del self._cuts[members]


def _path(views: str, catalogue: str) -> str:
    parts = [f"{views}.{schema}" for schema in LOG_SCHEMAS] + [f"{catalogue}.{schema}" for schema in SHARED_SCHEMAS]
    return ",".join(parts)


def _make_views(maker: Connection, views: str, catalogue: str) -> None:
    """Make the views of a catalogue's cuts: tables that know their return hold the rows of the reader's members."""
    listed = """
        select schema_name, table_name, list(column_name)
        from duckdb_columns()
        where database_name = $catalogue and list_contains($schemas, schema_name)
        group by all
        order by all
    """
    tables = maker.execute(listed, {"catalogue": catalogue, "schemas": list(LOG_SCHEMAS)}).fetchall()
    nobody = f"{views}.main.nobody"
    maker.execute(f"attach or replace ':memory:' as {views}")
    maker.execute(f"create table {nobody} (case_id varchar)")
    maker.execute(f"set variable {MEMBERS} = {literal(nobody)}")
    statements = [f"create schema {views}.{schema}" for schema in LOG_SCHEMAS]
    for schema, table, columns in tables:
        statements.append(f'create view {views}.{schema}."{table}" as from {catalogue}.{schema}."{table}"')
        if key := next((column for column in CASE_KEYS if column in columns), None):
            statements[-1] += f" where {key} in (from query_table(getvariable('{MEMBERS}')))"
    maker.execute(";\n".join(statements))
