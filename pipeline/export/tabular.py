"""Write tables as CSV (RFC 4180), Parquet or JSON, rows streamed by the engine."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline import warehouse
from pipeline.export.catalog import ExportTable
from pipeline.export.cells import safe_cell_sql
from pipeline.instants import print_instant
from pipeline.load.dialect import identifier
from pipeline.warehouse import Connection, column_types

INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_BATCH = 10_000


def write_csv(con: Connection, table: ExportTable, path: Path, raw: bool = False, where: str = "true") -> None:
    """Write a table as CSV: instants as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, booleans true/false, null as empty.

    Text that a spreadsheet would run as a formula gets a leading apostrophe, unless `raw`. `where` is a condition that
    the program wrote.
    """
    columns = [_csv_cell(name, kind, raw) for name, kind in _columns(con, table).items()]
    warehouse.copy_out(con, _query(table, columns, where), path, "format csv, header true")


def write_parquet(con: Connection, table: ExportTable, path: Path, where: str = "true") -> None:
    """Write a table as Parquet: instants are UTC-adjusted timestamps in microseconds."""
    columns = [
        f"timezone('UTC', {name}) as {name}" if kind == "TIMESTAMP" else name
        for name, kind in _columns(con, table).items()
    ]
    warehouse.copy_out(con, _query(table, columns, where), path, "format parquet, compression zstd")


def write_json(con: Connection, table: ExportTable, path: Path, where: str = "true", parsed: str | None = None) -> None:
    """Write a table as a JSON array of objects, one a line; `parsed` names a text column that holds JSON itself."""
    names = list(_columns(con, table))
    rows = con.execute(_query(table, names, where))
    separator = "["
    with path.open("w", encoding="utf-8") as handle:
        while batch := rows.fetchmany(_BATCH):
            for row in batch:
                record = {name: _json_value(value, name == parsed) for name, value in zip(names, row, strict=True)}
                handle.write(f"{separator}\n{json.dumps(record, ensure_ascii=False, allow_nan=False)}")
                separator = ","
        handle.write("\n]\n" if separator == "," else "[]\n")


def _columns(con: Connection, table: ExportTable) -> dict[str, str]:
    """The columns to write, in order, each with its type."""
    types = column_types(con, table.relation)
    return {name: types[name] for name in table.columns or types}


def _query(table: ExportTable, columns: list[str], where: str) -> str:
    """The ordered rows; every name in it is the program's."""
    return f"select {', '.join(columns)} from {table.relation} as t where {where} order by {_order(table)}"  # noqa: S608


def _order(table: ExportTable) -> str:
    return ", ".join(f"t.{column}" for column in table.order)


def _csv_cell(name: str, kind: str, raw: bool) -> str:
    column = identifier(name)
    if kind == "TIMESTAMP":
        return f"strftime({column}, '{INSTANT_FORMAT}') as {column}"
    if kind == "VARCHAR" and not raw:
        return f"{safe_cell_sql(column)} as {column}"
    return column


def _json_value(value: Any, is_json: bool) -> object:
    if value is None:
        return None
    if is_json:
        return json.loads(value)
    if isinstance(value, datetime):
        return print_instant(value)
    return float(value) if isinstance(value, Decimal) else value
