"""Reading a CSV file whose records are all in order: the engine's own reader, in parallel."""

from __future__ import annotations

import mmap

import duckdb

from pipeline.load.dialect import literal
from pipeline.load.engine import file_name
from pipeline.load.headers import Header
from pipeline.load.landing import ExtractFile

# The engine reads any text as null that equals this; nothing does, so that only an empty field is empty.
_NEVER = "\x01no value\x01"
_LONGEST_LINE = 8 << 20
# A quote after one space is text by RFC 4180, but the engine takes it for the start of a quoted field.
_MISREAD = (b', "', b'\n "', b'\r "')


def is_readable_fast(file: ExtractFile) -> bool:
    """Whether the engine's reader takes every character of the file for what RFC 4180 says it is."""
    with file.path.open("rb") as binary, mmap.mmap(binary.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return all(content.find(sequence) < 0 for sequence in _MISREAD)


def read_fast(con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header) -> str:
    """Read the file into the temporary table ``incoming`` and return the SQL of its rows.

    Raises ``duckdb.InvalidInputException`` when any record has not the header's number of fields or is quoted in an odd
    way. The table keeps the order of the file, so its row ids are the row numbers.
    """
    columns = ", ".join(f"'f{position}': 'varchar'" for position in range(len(header.names)))
    scan = (
        f"read_csv({file_name(file.path)}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"delim = ',', quote = '\"', escape = '\"', nullstr = {literal(_NEVER)}, max_line_size = {_LONGEST_LINE}, "
        "hive_partitioning = false)"
    )
    con.execute(f"create or replace temp table incoming as select * from {scan}")  # noqa: S608 -- quoted
    return (
        "select rowid + 1 as _row_number, cast(null as varchar) as _problem, cast(null as varchar) as _line, * "
        "from temp.incoming"
    )
