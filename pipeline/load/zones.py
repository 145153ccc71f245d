"""Time zones must be known before any local time is read with them."""

from __future__ import annotations

import duckdb

from pipeline.errors import UsageError

_TABLES = ("reference__entities", "wms__sites")


def refuse_unknown_zones(con: duckdb.DuckDBPyConnection) -> None:
    """Raise UsageError when an entity or a site names a zone that the engine does not know."""
    problems: list[str] = []
    for table in _TABLES:
        rows = con.execute(
            f"""
            select _file, _row_number, time_zone
            from raw.{table}
            where time_zone not in (select name from pg_timezone_names())
            order by _file, _row_number
            """  # noqa: S608 -- the table is one of the two above
        ).fetchall()
        problems += [f"- {file}, row {row}: time_zone {zone!r}" for file, row, zone in rows]
    if problems:
        raise UsageError(
            "These time zones are not known; expected IANA names such as America/Chicago:\n"
            + "\n".join(problems)
            + "\nCorrect them and build again; nothing was changed."
        )
