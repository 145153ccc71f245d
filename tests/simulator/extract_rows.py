"""Read extract tables back, as text."""

from __future__ import annotations

import csv
from pathlib import Path

Rows = list[dict[str, str]]


def table_files(folder: Path, system: str, table: str) -> list[Path]:
    """Return the one file or the part files of a table."""
    single = folder / system / f"{table}.csv"
    return [single] if single.exists() else sorted((folder / system / table).glob("*.csv"))


def read_rows(folder: Path, system: str, table: str) -> Rows:
    """Return all rows of a table, in file order."""
    rows: Rows = []
    for path in table_files(folder, system, table):
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows.extend(csv.DictReader(file))
    return rows
