"""The tables that a build hands over to Spark and takes back, as Parquet files in a folder that both see."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import BuildError
from pipeline.load.dialect import identifier
from pipeline.warehouse import Connection, column_types, copy_out, literal

LANDING = "landing"
SCHEMAS = ("staging", "returns", "event_log", "marts")

_UTC = {"TIMESTAMP": "timezone('UTC', {0}) as {0}", "TIMESTAMP WITH TIME ZONE": "timezone('UTC', {0}) as {0}"}


def hand_over(con: Connection, store: Path) -> None:
    """Write each table of the schema ``raw`` into `store` as ``landing/<table>.parquet``, instants marked as UTC."""
    folder = store / LANDING
    folder.mkdir(parents=True)
    tables = con.execute("select table_name from duckdb_tables() where schema_name = 'raw' order by all").fetchall()
    for (table,) in tables:
        relation = f"raw.{identifier(table)}"
        query = f"select {_columns(con, relation)} from {relation}"  # noqa: S608 -- names of the warehouse, quoted
        copy_out(con, query, folder / f"{table}.parquet", "format parquet")


def take_back(con: Connection, store: Path) -> None:
    """Make a table of each folder ``<schema>/<table>`` of `store`, instants as timestamps in UTC.

    Raises BuildError when a folder holds no Parquet file.
    """
    for schema in SCHEMAS:
        con.execute(f"create schema if not exists {schema}")
        for folder in sorted(path for path in (store / schema).iterdir() if path.is_dir()):
            if not any(folder.glob("*.parquet")):
                raise BuildError(f"Spark left no Parquet file for {schema}.{folder.name} in {folder}. Build again.")
            files = f"read_parquet({literal(str(folder / '*.parquet'))})"
            columns = _columns(con, f"(from {files})")
            con.execute(f"create table {schema}.{identifier(folder.name)} as select {columns} from {files}")  # noqa: S608


def _columns(con: Connection, relation: str) -> str:
    """Turn naive instants of the relation into instants of UTC and the other way round; the rest stays."""
    kinds = column_types(con, relation)
    return ", ".join(_UTC.get(kind, "{0}").format(identifier(name)) for name, kind in kinds.items())
