"""Reading one file into rows of text: ``_row_number``, ``_problem``, ``_line`` and ``f0``, ``f1``, ... in file order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipeline.errors import UsageError
from pipeline.load.dialect import identifier, literal
from pipeline.load.headers import Header, first_line, parquet_scan
from pipeline.load.landing import ExtractFile

_NEVER = "\x01never\x01"
_LONGEST_LINE = 1 << 30


def field(position: int) -> str:
    """Name of the field at a position of the file, from 0."""
    return f"f{position}"


@contextmanager
def rows_of(con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header) -> Iterator[str]:
    """Give the SQL of a query over the rows of a file; valid inside the context only."""
    if file.format == "parquet":
        yield _parquet_rows(file, header)
        return
    try:
        con.execute(f"create temp table incoming as select * from {_csv_scan(file, header)}")
    except duckdb.Error as error:
        raise UsageError(f"{file.name}: cannot be read as CSV ({first_line(error)})") from error
    yield "select rowid + 1 as _row_number, cast(null as varchar) as _problem, cast(null as varchar) as _line, * from temp.incoming"
    con.execute("drop table temp.incoming")


def _csv_scan(file: ExtractFile, header: Header) -> str:
    columns = ", ".join(f"'{field(i)}': 'VARCHAR'" for i in range(len(header.names)))
    return (
        f"read_csv({literal(str(file.path))}, columns = {{{columns}}}, header = true, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', nullstr = {literal(_NEVER)}, max_line_size = {_LONGEST_LINE}, hive_partitioning = false)"
    )


def _parquet_rows(file: ExtractFile, header: Header) -> str:
    texts = ", ".join(
        f"{_text_of(identifier(name), kind)} as {field(i)}"
        for i, (name, kind) in enumerate(zip(header.names, header.types, strict=True))
    )
    scan = parquet_scan(file, "file_row_number = true")
    return (
        f"select file_row_number + 1 as _row_number, cast(null as varchar) as _problem, cast(null as varchar) as _line, {texts} "
        f"from {scan}"
    )


def _text_of(column: str, kind: str) -> str:
    """A typed value as the text that the contract's forms know."""
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(timezone('UTC', {column}), '%Y-%m-%dT%H:%M:%S.%fZ')"
    return f"cast({column} as varchar)"
