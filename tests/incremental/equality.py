"""Whether two warehouses have the same rows in every table."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.warehouse import literal


def differences(one: Path, other: Path) -> list[str]:
    """Return a line for each table whose rows, as a bag, or whose columns are not the same; none when all are."""
    with duckdb.connect() as con:
        for name, path in (("one", one), ("other", other)):
            con.execute(f"attach {literal(str(path))} as {name} (read_only)")
        found = []
        tables = [_tables(con, name) for name in ("one", "other")]
        found += [f"{table} is in one warehouse only" for table in sorted(tables[0] ^ tables[1])]
        for table in sorted(tables[0] & tables[1]):
            [(lost, more)] = con.execute(
                f"""
                select
                    (select count(*) from (from one.{table} except all from other.{table})),
                    (select count(*) from (from other.{table} except all from one.{table}))
                """
            ).fetchall()
            if lost or more:
                found.append(f"{table}: {lost} rows are only in the first, {more} only in the second")
        return found


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    rows = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = ?", [database]
    ).fetchall()
    return {str(name) for (name,) in rows}
