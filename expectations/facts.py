"""What the suites need to know of a warehouse before they can be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from pipeline.errors import BuildError


@dataclass(frozen=True)
class Facts:
    """`as_of` is the naive UTC as-of instant, None for an event log without events; the vocabularies are sorted."""

    as_of: datetime | None
    activities: tuple[str, ...]
    kpis: tuple[str, ...]


_ACTIVITIES = """
    select activity from staging.activities
    union
    select executed_activity from staging.stg_reference__dispositions
"""


def read_facts(con: duckdb.DuckDBPyConnection) -> Facts:
    """Read the facts from an open warehouse; BuildError when it has no such tables."""
    try:
        as_of = con.execute("select max(as_of_at) from returns.as_of").fetchall()[0][0]
        return Facts(
            as_of=as_of,
            activities=_words(con, _ACTIVITIES),
            kpis=_words(con, "select kpi from staging.kpis"),
        )
    except duckdb.CatalogException as error:
        raise BuildError(f"The warehouse is not one that a build made: {error}. Build again.") from error


def _words(con: duckdb.DuckDBPyConnection, query: str) -> tuple[str, ...]:
    return tuple(sorted(str(word) for (word,) in con.execute(query).fetchall()))
