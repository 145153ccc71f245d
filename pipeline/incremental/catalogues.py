"""The catalogues beside the warehouse of a build that goes on: all in memory, and gone when the build ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.warehouse import Connection

DELTA = "delta"
PART = "part"
WAITING = "waiting"
_SCHEMAS = ("raw", "staging", "returns", "event_log", "marts")


def attach(con: Connection, catalogue: str) -> None:
    """Attach a catalogue in memory, with the schemas that the models fill."""
    con.execute(f"attach ':memory:' as {catalogue}")
    for schema in _SCHEMAS:
        con.execute(f"create schema {catalogue}.{schema}")


@contextmanager
def using(con: Connection, catalogue: str) -> Iterator[None]:
    """Have tables named by their schema alone sought and made in another catalogue for the block."""
    [(home,)] = con.execute("select current_database()").fetchall()
    con.execute(f"use {catalogue}")
    yield
    con.execute(f"use {home}")


def has_part(con: Connection) -> bool:
    """Whether the warehouse that is open on `con` was made by going on, and what was made again is beside it."""
    [(found,)] = con.execute(f"select count(*) > 0 from duckdb_databases() where database_name = '{PART}'").fetchall()
    return bool(found)
