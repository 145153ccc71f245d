"""How SQLAlchemy, and with it Great Expectations, speaks to an open DuckDB connection."""

from __future__ import annotations

from typing import Any

from duckdb import DuckDBPyConnection
from duckdb_engine import ConnectionWrapper, Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from pipeline.errors import BuildError

URL = "duckdb+buffered:///:memory:"


class BufferedDialect(Dialect):
    """duckdb-engine's dialect, with the rows of a query taken at once.

    A DuckDB connection has one result at a time and loses it when the connection goes back to its pool, which Great
    Expectations lets happen before it reads; the rows it asks for are few.
    """

    supports_statement_cache = False

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Execute and buffer."""
        super().do_execute(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]
        if context is not None and cursor.description:
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=cursor.fetchall())


class LentConnection(ConnectionWrapper):
    """A connection that SQLAlchemy may use but whose owner closes it."""

    def close(self) -> None:
        """Leave the connection open."""


class Lender:
    """Lends one connection to SQLAlchemy's pools, which outlive it: after `end` nothing refers to it any more."""

    def __init__(self, con: DuckDBPyConnection) -> None:
        self._con: DuckDBPyConnection | None = con

    def lend(self) -> LentConnection:
        """Return the connection, wrapped for SQLAlchemy."""
        if self._con is None:
            raise BuildError("A query came after the expectations had ended; this is a defect.")
        return LentConnection(self._con)

    def end(self) -> None:
        """Lend no more."""
        self._con = None


def register() -> None:
    """Make URL known to SQLAlchemy."""
    registry.register("duckdb.buffered", __name__, BufferedDialect.__name__)
