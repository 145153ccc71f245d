"""The one door to the engine: a warehouse file opened for writing (a build) or for reading (everything else)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline import macros
from pipeline.errors import BuildError
from pipeline.settings import memory_limit

Connection = duckdb.DuckDBPyConnection
PUBLISHED = "published"


@contextmanager
def writing(path: Path) -> Iterator[Connection]:
    """Open the warehouse file of a build, alone; it is complete in one file when the block ends.

    The engine's spill files lie beside `path`, and its log goes to the file once, at the end. Raises duckdb.Error when
    another process has the file open.
    """
    con = duckdb.connect(path, config={"memory_limit": memory_limit(), "checkpoint_threshold": "1TiB"})
    try:
        con.execute("set TimeZone = 'UTC'")
        yield con
        con.execute("checkpoint")
    finally:
        con.close()


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """Open a published warehouse file; nothing is written beside it, and its file may be deleted meanwhile.

    Raises duckdb.IOException when there is no such file.
    """
    con = duckdb.connect(path, read_only=True, config={"memory_limit": memory_limit()})
    try:
        con.execute("set TimeZone = 'UTC'")
        with tempfile.TemporaryDirectory(prefix="retrace-") as spill:
            con.execute(f"set temp_directory = {literal(spill)}")
            yield con
    finally:
        con.close()


@contextmanager
def reading_beside(path: Path) -> Iterator[Connection]:
    """Open a published warehouse file as the catalogue `PUBLISHED`, beside which catalogues in memory can be made.

    The connection and its cursors stand outside of it until they are told to `use` it. Raises duckdb.IOException when
    there is no such file.
    """
    con = duckdb.connect(":memory:", config={"memory_limit": memory_limit()})
    try:
        con.execute("set global TimeZone = 'UTC'")
        con.execute(f"attach {literal(str(path))} as {PUBLISHED} (read_only)")
        with tempfile.TemporaryDirectory(prefix="retrace-") as spill:
            con.execute(f"set global temp_directory = {literal(spill)}")
            yield con
    finally:
        con.close()


def settle(path: Path) -> None:
    """Fold the write-ahead log into the file, so that the warehouse is one file and nothing else.

    Raises BuildError when something still has the file open.
    """
    try:
        with writing(path):
            pass
    except duckdb.Error as error:
        raise BuildError(f"The new warehouse {path.name} cannot be closed: {error}. Run the build again.") from error
    if wal_of(path).exists():
        raise BuildError(
            f"{wal_of(path).name} is left: something still has the new warehouse open. Run the build again."
        )


def wal_of(path: Path) -> Path:
    """Return where the engine keeps the write-ahead log of `path`."""
    return path.with_name(path.name + ".wal")


def literal(text: str) -> str:
    """Return `text` as an SQL string literal, for statements that take no parameters (settings, file names)."""
    return "'" + text.replace("'", "''") + "'"


def column_types(con: Connection, relation: str) -> dict[str, str]:
    """Return the columns of `schema.table` in order, each with the engine's type name.

    `relation` comes from the program, never from a user.
    """
    return {name: kind for name, kind, *_ in con.execute(f"describe {relation}").fetchall()}


def copy_out(con: macros.Connection, query: str, path: Path, options: str) -> None:
    """Stream the rows of `query` into the file `path`, written by the engine under COPY's `options`."""
    con.execute(f"copy ({query}) to {literal(str(path))} ({options})")
