"""Small worlds to load: one file of a made-up table, or a whole landing folder with empty tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.contract import Clock, Column, ColumnType, Table, load_contract
from pipeline.load import LoadSummary, load_extracts
from pipeline.load.headers import read_header
from pipeline.load.landing import ExtractFile
from pipeline.load.raw_tables import create_tables
from pipeline.load.reading import load_file


def column(name: str, kind: ColumnType = "text", required: bool = False, key: bool = False) -> Column:
    return Column(name, kind, required, key, "A column.")


def table(*columns: Column, clock: Clock = "utc", system: str = "erp") -> Table:
    return Table(system, "things", columns, optional=False, clock=clock, description="One row per thing.")


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


@dataclass
class Loaded:
    """What became of one file: typed rows, quarantined rows and what was said meanwhile."""

    rows: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]
    said: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(row["row_number"], row["reason"]) for row in self.quarantine]


def records(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    result = con.execute(sql)
    names = [entry[0] for entry in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def load_one(path: Path, kind: Table) -> Loaded:
    """Load one file as the made-up table."""
    said: list[str] = []
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'Asia/Tokyo'")  # nothing may depend on the zone of the session
        create_tables(con, (kind,))
        file = ExtractFile(kind, path, path.name, "parquet" if path.suffix == ".parquet" else "csv")
        read, bad = load_file(con, file, read_header(con, file), said.append)
        rows = records(con, f"select * from raw.{kind.raw_name} order by _row_number")
        quarantine = records(con, "select * from raw.quarantine order by row_number")
        assert (read, bad) == (len(rows) + len(quarantine), len(quarantine))
    return Loaded(rows, quarantine, said)


@pytest.fixture
def load_csv(tmp_path: Path) -> Callable[[str | bytes, Table], Loaded]:
    """Return a function that loads the content of a CSV file."""

    def load(content: str | bytes, kind: Table) -> Loaded:
        path = tmp_path / "things.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_one(path, kind)

    return load


class Landing:
    """A landing folder in which every table that must be there is, with its header only."""

    def __init__(self, root: Path) -> None:
        self.extracts = root / "extracts"
        self.seeds = root / "seeds"
        self.said: list[str] = []
        self.con = duckdb.connect()
        for entry in load_contract().tables:
            if not entry.optional:
                self.write(f"{entry.label}.csv", ",".join(c.name for c in entry.columns) + "\n")

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.extracts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def remove(self, name: str) -> None:
        (self.extracts / name).unlink()

    def load(self) -> LoadSummary:
        return load_extracts(self.con, self.extracts, self.seeds, self.said.append)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(sql).fetchall()


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path)
