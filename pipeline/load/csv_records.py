"""Reading a CSV file record by record: slower, but it finds every record, also those that are not in order.

The engine cuts the text of the file into records and the records into fields with regular expressions of RFC 4180.
What the RFC forbids but a reader can understand is read as most readers do: a quote inside an unquoted field and text
after a closing quote are text. The text goes through in chunks; the last record of each waits for the next one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain

import duckdb

from pipeline.errors import UsageError
from pipeline.load.dialect import matches, trimmed
from pipeline.load.headers import Header
from pipeline.load.landing import ExtractFile

_FIELD = r'"(?:[^"]|"")*"(?:[^",\r\n][^,\r\n]*)?|[^",\r\n][^,\r\n]*|'
_OPEN = r'"(?:[^"]|"")*'
_LINE_END = r"(?:\r\n|\n|\r)"
_RECORD = rf"(?:(?:{_FIELD}),)*(?:{_FIELD}|{_OPEN}\z)(?:{_LINE_END}|\z)"
_UNCLOSED = rf"(?:(?:{_FIELD}),)*{_OPEN}"
_QUOTED = r'^"((?:[^"]|"")*)"'
_CHUNK = 16 << 20
_LONGEST_RECORD = 64 << 20


def read_records(con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header) -> str:
    """Read the file into the temporary table ``incoming`` and return the SQL of its rows.

    Records of a wrong number of fields and an unclosed quote in the last line become rows with a ``_problem``. Raises
    ``UsageError`` when the file is not UTF-8 or when an unclosed quote swallows further lines.
    """
    con.execute("create or replace temp table records (record varchar, problem varchar)")
    rest = ""
    for text in _chunks(file):
        rest = _keep_all_but_last(con, rest + text)
        if len(rest) > _LONGEST_RECORD:
            raise _swallowed(con, file)
    unclosed = _row(con, f"select {matches('?', _UNCLOSED)}", rest) == (True,)
    if unclosed and "\n" in rest.strip():
        raise _swallowed(con, file)
    problem = "a quote is opened and never closed" if unclosed else None
    _keep(con, "select cast(? as varchar) as record, cast(? as varchar) as problem", rest, problem)
    con.execute(f"create or replace temp table incoming as {_fields(len(header.names))}")
    con.execute("drop table temp.records")
    return "select * from temp.incoming"


def _chunks(file: ExtractFile) -> Iterator[str]:
    """The text of the file in pieces; a byte-order mark is skipped."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line = 1
    with file.path.open("rb") as binary:
        for block in chain(iter(lambda: binary.read(_CHUNK), b""), [b""]):
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise UsageError(f"{file.name}: line {line} is not UTF-8; export the file again as UTF-8") from error
            line += text.count("\n")
            yield text


def _keep_all_but_last(con: duckdb.DuckDBPyConnection, text: str) -> str:
    """Keep the records of a text but for the last, which may go on in the next chunk and is returned.

    The engine finds an empty record behind the last one, so that is the last but one found.
    """
    con.execute("create or replace temp table chunk as select regexp_extract_all(?, ?) as found", [text, _RECORD])
    _keep(con, "select unnest(found[1 : len(found) - 2]) as record, null as problem from chunk")
    (rest,) = _row(con, "select found[len(found) - 1] from chunk")
    con.execute("drop table temp.chunk")
    return str(rest or "")


def _keep(con: duckdb.DuckDBPyConnection, found: str, *parameters: str | None) -> None:
    """Keep the found records that are not blank."""
    has_text = f"{trimmed('record')} <> ''"
    con.execute(f"insert into records select * from ({found}) where {has_text}", list(parameters))  # noqa: S608


def _fields(expected: int) -> str:
    """SQL of the rows from the kept records, of which the first is the header."""
    texts = ", ".join(f"texts[{position + 1}] as f{position}" for position in range(expected))
    return f"""
        with lines as (
            select rowid as _row_number, regexp_replace(record, '{_LINE_END}$', '') as line, problem
            from records where rowid > 0
        ),
        split as (select *, regexp_extract_all(line || ',', '(?:{_FIELD}),') as fields from lines),
        unquoted as (select *, list_transform(fields, lambda field: {_unquoted("field")}) as texts from split),
        shaped as (
            select *, case when problem is not null then problem when len(fields) <> {expected}
                then 'expected {expected} fields, found ' || len(fields) end as _problem
            from unquoted
        )
        select _row_number, _problem, case when _problem is not null then line end as _line, {texts} from shaped
    """  # noqa: S608 -- nothing of it comes from a file


def _unquoted(field: str) -> str:
    """SQL of the value of a field that ends with its comma."""
    bare = f"left({field}, -1)"
    inside = f"replace(regexp_extract({bare}, '{_QUOTED}', 1), '\"\"', '\"')"
    return (
        f"case when starts_with({field}, '\"') then {inside} || regexp_replace({bare}, '{_QUOTED}', '') else {bare} end"
    )


def _swallowed(con: duckdb.DuckDBPyConnection, file: ExtractFile) -> UsageError:
    (row,) = _row(con, "select count(*) from records")
    return UsageError(
        f"{file.name}: a quote opened in row {row} is never closed and swallows all lines after it; expected a closing "
        "quote, and quotes inside a quoted value written twice. Mend the row or export the file again."
    )


def _row(con: duckdb.DuckDBPyConnection, sql: str, *parameters: str) -> tuple[object, ...]:
    row = con.execute(sql, list(parameters)).fetchone()
    assert row is not None
    return tuple(row)
