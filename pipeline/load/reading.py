"""Reading one file into judged rows, whatever its format.

The rows that the readers give have ``_row_number`` (from 1), ``_problem`` (what is wrong with the row's shape, else
null), ``_line`` (the record as it stands in the file when its shape is wrong, else null) and the text fields ``f0``,
``f1``, ... in file order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import duckdb

from pipeline.errors import BuildError, UsageError
from pipeline.load.csv_fast import is_readable_fast, read_fast
from pipeline.load.csv_records import read_records
from pipeline.load.engine import first_line
from pipeline.load.headers import Header
from pipeline.load.judging import judged
from pipeline.load.landing import ExtractFile
from pipeline.load.parquet import parquet_rows
from pipeline.load.raw_tables import keep_rows, report_rows


def load_file(
    con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header, progress: Callable[[str], None]
) -> tuple[int, int]:
    """Load one file into its raw table and the quarantine; return rows read and rows quarantined.

    Raises ``UsageError`` when the file cannot be read, ``BuildError`` when the engine gives up.
    """
    load = _load_parquet if file.format == "parquet" else _load_csv
    try:
        return load(con, file, header, progress)
    except duckdb.Error as error:
        raise BuildError(
            f"{file.name}: the engine could not load the file ({first_line(error)}). Nothing was published; look for "
            "free disk space and memory and build again."
        ) from error


def _load_parquet(
    con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header, progress: Callable[[str], None]
) -> tuple[int, int]:
    rows = parquet_rows(file, header.stored)
    try:
        return keep_rows(con, file, rows, partial(judged, file.table, header))
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        _refuse_broken(con, file, rows)
        raise


def _refuse_broken(con: duckdb.DuckDBPyConnection, file: ExtractFile, rows: str) -> None:
    """Read every value and keep none: a broken Parquet file may be found out only while its rows are read."""
    try:
        con.execute(f"select max(hash(rows_)) from ({rows}) as rows_")  # noqa: S608 -- quoted
    except duckdb.Error as error:
        raise UsageError(
            f"{file.name}: cannot be read as Parquet ({first_line(error)}); export the file again"
        ) from error


def _load_csv(
    con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header, progress: Callable[[str], None]
) -> tuple[int, int]:
    """Read the file in one go when every record is in order, else record by record, which finds those that are not.

    Judging costs as much for no row as for thousands: a file with none is not judged.
    """
    rows = None
    if header.plain and is_readable_fast(file):
        try:
            rows = read_fast(con, file, header)
        except duckdb.InvalidInputException:
            progress(f"{file.name}: not every record is in order, reading it record by record")
    rows = rows or read_records(con, file, header)
    if con.execute("select 1 from temp.incoming limit 1").fetchall():
        loaded = keep_rows(con, file, rows, partial(judged, file.table, header))
    else:
        loaded = report_rows(con, file, 0, 0)
    con.execute("drop table temp.incoming")
    return loaded
