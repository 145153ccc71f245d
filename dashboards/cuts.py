"""Cuts of an open warehouse: catalogues in which every table of the log holds the returns of a cohort only.

A connection to a cut answers the same queries as one to the whole warehouse, so no query needs to know of filters. A
cut is made of a catalogue, the whole warehouse or what a limited viewer sees of it, and never shows more than that.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakSet

from mining.cohort import Cohort, choose
from mining.log import EventLog
from pipeline.warehouse import Connection

LOG_SCHEMAS = ("event_log", "marts", "returns")
SHARED_SCHEMAS = ("staging", "raw", "quality")
CASE_KEYS = ("case_id", "return_id")
MOST_CUTS = 32


@dataclass
class Cut:
    """A catalogue made of a cohort, the lock of whoever makes it, and the connections that read it."""

    making: Lock = field(default_factory=Lock)
    is_made: bool = False
    readers: WeakSet[Connection] = field(default_factory=WeakSet)


class Cuts:
    """A warehouse with the cuts made of it, the least recently used of which are let go; safe for many threads."""

    def __init__(self, warehouse: Connection) -> None:
        self._warehouse = warehouse
        self._cuts: OrderedDict[str, Cut] = OrderedDict()
        self._lock = Lock()

    def connection(self, catalogue: str, cohort: Cohort) -> Connection:
        """Return a connection of its own to the returns of a cohort, which has rules only; the empty one keeps all.

        Raises UsageError for a rule that asks for what the log does not have.
        """
        if not cohort.steps:
            return self._uncut(catalogue)
        name = f"cut_{cohort.digest[:32]}_of_{catalogue}"
        with self._lock:
            cut = self._cuts.setdefault(name, Cut())
            self._cuts.move_to_end(name)
            reader = self._warehouse.cursor()
            cut.readers.add(reader)
        with cut.making:
            if not cut.is_made:
                self._make(name, catalogue, cohort)
                cut.is_made = True
        self._let_go()
        reader.execute(f"set search_path = '{_path(name, catalogue)}'")
        return reader

    def _uncut(self, catalogue: str) -> Connection:
        reader = self._warehouse.cursor()
        reader.execute(f"use {catalogue}")
        return reader

    def _make(self, name: str, catalogue: str, cohort: Cohort) -> None:
        maker = self._uncut(catalogue)
        members = choose(EventLog(maker), cohort).cases
        maker.execute(f"attach ':memory:' as {name}")
        maker.execute(f"create table {name}.main.members as select case_id from {members} as chosen")  # noqa: S608
        maker.execute(_views(maker, name, catalogue))

    def _let_go(self) -> None:
        """Drop the oldest cuts that nobody reads, down to the most that are kept."""
        with self._lock:
            idle = [name for name, cut in self._cuts.items() if not cut.readers]
            for name in idle[: max(len(self._cuts) - MOST_CUTS, 0)]:
                self._warehouse.execute(f"detach database if exists {name}")
                del self._cuts[name]


def _path(name: str, catalogue: str) -> str:
    parts = [f"{name}.{schema}" for schema in LOG_SCHEMAS] + [f"{catalogue}.{schema}" for schema in SHARED_SCHEMAS]
    return ",".join(parts)


def _views(maker: Connection, name: str, catalogue: str) -> str:
    """Return the statements that make the views of a cut: tables that know their return hold the members' rows."""
    listed = """
        select schema_name, table_name, list(column_name)
        from duckdb_columns()
        where database_name = $catalogue and list_contains($schemas, schema_name)
        group by all
        order by all
    """
    tables = maker.execute(listed, {"catalogue": catalogue, "schemas": list(LOG_SCHEMAS)}).fetchall()
    statements = [f"create schema {name}.{schema}" for schema in LOG_SCHEMAS]
    for schema, table, columns in tables:
        statements.append(f'create view {name}.{schema}."{table}" as from {catalogue}.{schema}."{table}"')
        if key := next((column for column in CASE_KEYS if column in columns), None):
            statements[-1] += f" where {key} in (from {name}.main.members)"
    return ";\n".join(statements)
