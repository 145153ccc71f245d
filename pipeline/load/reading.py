"""Reading one file into rows of text, whatever its format.

A row has ``_row_number`` (from 1), ``_problem`` (what is wrong with its shape, else null), ``_line`` (the record as it
stands in the file when its shape is wrong, else null) and the text fields ``f0``, ``f1``, ... in file order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from pipeline.errors import UsageError
from pipeline.load.csv_fast import is_readable_fast, read_fast
from pipeline.load.csv_records import read_records
from pipeline.load.engine_errors import first_line
from pipeline.load.headers import Header
from pipeline.load.landing import ExtractFile
from pipeline.load.parquet import parquet_rows


@contextmanager
def rows_of(
    con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header, progress: Callable[[str], None]
) -> Iterator[str]:
    """Give the SQL of a query over the rows of a file; valid inside the context only.

    Raises ``UsageError`` when the file cannot be read; a broken Parquet file may be found out only by the query.
    """
    if file.format == "csv":
        yield _read_csv(con, file, header, progress)
        con.execute("drop table temp.incoming")
        return
    try:
        yield parquet_rows(file, header.stored)
    except duckdb.Error as error:
        raise UsageError(
            f"{file.name}: cannot be read as Parquet ({first_line(error)}); export the file again"
        ) from error


def _read_csv(
    con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header, progress: Callable[[str], None]
) -> str:
    """Read the file in one go when every record is in order, else record by record, which finds those that are not."""
    if header.plain and is_readable_fast(file):
        try:
            return read_fast(con, file, header)
        except duckdb.InvalidInputException:
            progress(f"{file.name}: not every record is in order, reading it record by record")
    return read_records(con, file, header)
