"""The columns a file brings, held against the columns the contract asks for."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

import duckdb

from pipeline.contract import Table
from pipeline.errors import UsageError
from pipeline.load.engine import first_line
from pipeline.load.landing import ExtractFile
from pipeline.load.parquet import parquet_scan

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Header:
    """The column names of a file in its own order.

    A CSV column without a name is called after its position. For Parquet ``stored`` has the name and the engine's type
    of each column as the file has them. ``plain`` is false for a CSV header that is not the first line and only it.
    """

    names: tuple[str, ...]
    stored: tuple[tuple[str, str], ...] = ()
    plain: bool = True


def read_header(con: duckdb.DuckDBPyConnection, file: ExtractFile) -> Header:
    """Read the column names of one file; ``UsageError`` when it is not readable as what its name says."""
    try:
        with file.path.open("rb") as binary:
            return _csv_header(file, binary) if file.format == "csv" else _parquet_header(con, file)
    except OSError as error:
        raise UsageError(
            f"{file.name}: cannot be read ({error.strerror}); check the file and its permissions"
        ) from error


def extra_columns(table: Table, header: Header) -> list[str]:
    """The columns of a file that the contract does not know, in file order."""
    known = {column.name for column in table.columns}
    return [name for name in header.names if name not in known]


def complaints(file: ExtractFile, header: Header) -> list[str]:
    """What the contract has against the columns of a file, one sentence each."""
    twice = [name for name, count in Counter(header.names).items() if count > 1]
    missing = [column.name for column in file.table.required_columns if column.name not in header.names]
    found = [f"{file.name}: two columns have the name {name!r}, expected each name once" for name in twice]
    if missing:
        seen = ", ".join(header.names)
        found.append(f"{file.name}: required column {', '.join(missing)} is missing, found the columns {seen}")
    return found


def _csv_header(file: ExtractFile, binary: BinaryIO) -> Header:
    if binary.read(2) in _UTF_16:
        raise UsageError(f"{file.name}: the file is UTF-16, expected UTF-8; export it again as UTF-8")
    binary.seek(0)
    rows = csv.reader(io.TextIOWrapper(binary, encoding="utf-8-sig", newline=""))
    try:
        names = next((row for row in rows if len(row) > 1 or "".join(row).strip()), None)
    except UnicodeDecodeError as error:
        raise UsageError(f"{file.name}: the beginning is not UTF-8; export the file again as UTF-8") from error
    except csv.Error as error:
        raise UsageError(
            f"{file.name}: the header cannot be read ({error}); expected one line of column names"
        ) from error
    if names is None:
        raise UsageError(f"{file.name}: the file is empty, expected a header with the columns of {file.table.label}")
    named = tuple(name.strip() or f"column {position}" for position, name in enumerate(names, start=1))
    return Header(named, plain=rows.line_num == 1)


def _parquet_header(con: duckdb.DuckDBPyConnection, file: ExtractFile) -> Header:
    try:
        rows = con.execute(f"describe select * from {parquet_scan(file)}").fetchall()  # noqa: S608 -- quoted
    except duckdb.Error as error:
        raise UsageError(
            f"{file.name}: cannot be read as Parquet ({first_line(error)}); expected a complete Parquet file, "
            "export it again"
        ) from error
    stored = tuple((str(name), str(kind)) for name, kind, *_ in rows)
    return Header(tuple(name.strip() for name, _ in stored), stored)
