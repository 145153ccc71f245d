"""How SQLAlchemy, and with it Great Expectations, speaks to an open DuckDB connection."""

from __future__ import annotations

from typing import Any

from duckdb_engine import ConnectionWrapper, Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

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

    def do_begin(self, connection: Any) -> None:
        """Begin nothing: the file is open for reading only, and a transaction costs as much as most expectations."""

    def do_commit(self, connection: Any) -> None:
        """Nothing was begun."""

    def do_rollback(self, connection: Any) -> None:
        """Nothing was begun."""

    def get_pk_constraint(self, connection: Any, table_name: str, schema: str | None = None, **arguments: Any) -> Any:
        """Return no key: only views are read, and asking the catalog takes longer than most expectations."""
        return {"constrained_columns": [], "name": None}


class LentConnection(ConnectionWrapper):
    """A connection that SQLAlchemy may use but whose owner closes it."""

    def close(self) -> None:
        """Leave the connection open."""


def register() -> None:
    """Make URL known to SQLAlchemy."""
    registry.register("duckdb.buffered", __name__, BufferedDialect.__name__)
