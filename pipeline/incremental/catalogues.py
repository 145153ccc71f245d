"""The catalogues beside the warehouse of a build that goes on: both in memory, both gone when the build ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.warehouse import Connection

PART = "part"
DELTA = "delta"


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
