"""What became of an expectation, and the table of the warehouse that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Literal

import duckdb

Severity = Literal["error", "warning"]

_COLUMNS = """
    suite varchar not null,
    relation varchar not null,
    expectation varchar not null,
    column_name varchar,
    severity varchar not null,
    success boolean not null,
    observed varchar not null,
    unexpected_count bigint,
    element_count bigint
"""


@dataclass(frozen=True)
class ExpectationResult:
    """One expectation held against one relation of the warehouse.

    ``observed`` says in words what was found and never shows a value of a row. ``unexpected_count`` and
    ``element_count`` are rows, None for an expectation about a whole column or table. A failure of severity
    ``error`` stops a publish, a ``warning`` does not.
    """

    suite: str
    relation: str
    expectation: str
    column_name: str | None
    severity: Severity
    success: bool
    observed: str
    unexpected_count: int | None
    element_count: int | None

    @property
    def stops_publish(self) -> bool:
        """Whether a build with this result must not be published."""
        return self.severity == "error" and not self.success


def rows_unexpected(unexpected: int, elements: int) -> str:
    """Say how many rows an expectation did not expect, of how many."""
    return f"{unexpected} of {elements} rows unexpected"


def stored_results(con: duckdb.DuckDBPyConnection) -> tuple[ExpectationResult, ...]:
    """Return the results that `store_results` has written, in order."""
    return tuple(ExpectationResult(*row) for row in con.execute("from quality.expectation_results").fetchall())


def store_results(con: duckdb.DuckDBPyConnection, results: Sequence[ExpectationResult]) -> None:
    """Write ``quality.expectation_results`` anew: one row per result, columns as the fields of ExpectationResult."""
    con.execute("create schema if not exists quality")
    con.execute(f"create or replace table quality.expectation_results ({_COLUMNS})")
    if results:
        rows = [astuple(result) for result in results]
        places = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?)"] * len(rows))
        inserted = f"insert into quality.expectation_results values {places}"  # noqa: S608 -- places only
        con.execute(inserted, [cell for row in rows for cell in row])
