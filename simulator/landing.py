"""Write the landing folder: extracts by system and table, reference tables, CSV or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

import duckdb

from pipeline.contract import Table, load_contract
from simulator.documents import Books
from simulator.mess import Defects, Part, Spoiler
from simulator.parameters import Scenario
from simulator.tables_floor import TABLE_ROWS
from simulator.world import World

_BYTE_ORDER_MARK_SHARE = 0.2


def write_extracts(
    out: Path, scenario: Scenario, books: Books, world: World, seed: int, progress: Callable[[str], None]
) -> dict[str, Defects]:
    """Write every extract table under ``out``; return the defects by ``<system>/<table>``."""
    defects = {}
    for table in load_contract().tables:
        if table.system == "reference":
            continue
        rows = list(TABLE_ROWS[table.system, table.name](books, world))
        random = Random(f"{seed}:mess:{table.label}")
        spoiler = Spoiler(table, scenario.mess, random, scenario.file_format == "csv")
        parts, defects[table.label] = spoiler.parts(rows)
        _write_parts(out / table.system, table, parts, scenario, random)
        progress(f"wrote {table.label}: {defects[table.label].rows_written} rows")
    return defects


def write_reference(out: Path, world: World) -> None:
    """Write the ten reference tables under ``out``/reference."""
    for name, rows in world.reference.tables.items():
        header = list(rows[0])
        _write_csv(out / "reference" / f"{name}.csv", header, (list(row.values()) for row in rows), "utf-8")


def _write_parts(folder: Path, table: Table, parts: Sequence[Part], scenario: Scenario, random: Random) -> None:
    for number, part in enumerate(parts, 1):
        single = len(parts) == 1
        path = folder / f"{table.name}.csv" if single else folder / table.name / f"part-{number:04}.csv"
        marked = scenario.mess.extra_columns and random.random() < _BYTE_ORDER_MARK_SHARE
        _write_csv(path, part.header, part.rows, "utf-8-sig" if marked else "utf-8")
        if scenario.file_format == "parquet":
            _to_parquet(path)


def _write_csv(path: Path, header: list[str], rows: Iterable[list[str]], encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _to_parquet(path: Path) -> None:
    """Replace a CSV file by a Parquet file of text columns."""
    with duckdb.connect() as con:
        con.read_csv(str(path), header=True, all_varchar=True, sep=",", quotechar='"').write_parquet(
            str(path.with_suffix(".parquet"))
        )
    path.unlink()
