"""Choose among the exceptions of a published build."""

from __future__ import annotations

from pipeline.errors import UsageError
from pipeline.text_table import NOTHING
from pipeline.warehouse import Connection, literal


def exception_types(con: Connection) -> list[str]:
    """Return the types of exception that this build knows, in the order of the specification."""
    query = "select part from staging.kpi_measures where kpi = 'open_exceptions' and part is not null order by position"
    return [name for (name,) in con.execute(query).fetchall()]


def exception_filter(known: list[str], exception_type: str | None, only_open: bool) -> str:
    """Return the SQL condition for one type (None = all) and for open ones only.

    Raises UsageError listing the types when `exception_type` is none of `known`.
    """
    if exception_type is not None and exception_type not in known:
        raise UsageError(f"There is no exception type {exception_type!r}; expected one of {', '.join(known)}.")
    conditions = [] if exception_type is None else [f"exception_type = {literal(exception_type)}"]
    return " and ".join([*conditions, *(["resolved_at is null"] if only_open else [])]) or "true"


def exception_rows(con: Connection, where: str, limit: int) -> tuple[int, list[list[str]]]:
    """Return how many exceptions meet the condition, and the latest `limit` of them as text for a table."""
    [(total,)] = con.execute(f"select count(*) from marts.exceptions where {where}").fetchall()  # noqa: S608
    rows = con.execute(
        f"""
        select
            exception_type, object_type, object_id, case_id, entity_id,
            strftime(detected_at, '%Y-%m-%d %H:%M'), strftime(resolved_at, '%Y-%m-%d %H:%M'), value
        from marts.exceptions
        where {where}
        order by detected_at desc, exception_type, object_id
        limit ?
        """,  # noqa: S608
        [limit],
    ).fetchall()
    cells = [[*(NOTHING if cell is None else str(cell) for cell in row[:-1]), _money(row[-1])] for row in rows]
    return int(total), cells


def _money(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.2f}"
