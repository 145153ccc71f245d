"""The schema ``raw``: its tables, and the rows of one file put into them."""

from __future__ import annotations

import duckdb

from pipeline.contract import Column, Table
from pipeline.errors import BuildError
from pipeline.load.dialect import identifier, json_of, trimmed
from pipeline.load.forms import outputs, parsed, problem, text_name, value_name
from pipeline.load.headers import Header
from pipeline.load.landing import ExtractFile

_REPORTS = """
create table raw.quarantine (
    system varchar, table_name varchar, file varchar, row_number bigint, reason varchar, raw varchar
);
create table raw.load_files (
    system varchar, table_name varchar, file varchar, format varchar, rows_read bigint, rows_quarantined bigint
);
create table raw.extra_columns (system varchar, table_name varchar, file varchar, column_name varchar);
"""


def create_tables(con: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> None:
    """Create the schema ``raw`` with one empty table per contract table and the tables of the load report."""
    con.execute("create schema raw")
    con.execute(_REPORTS)
    for table in tables:
        columns = [(output.name, output.type) for column in table.columns for output in outputs(column, table.clock)]
        columns += [("_source_key", "varchar"), ("_file", "varchar"), ("_row_number", "bigint")]
        listed = ", ".join(f"{identifier(name)} {kind}" for name, kind in columns)
        con.execute(f"create table raw.{identifier(table.raw_name)} ({listed})")


def insert_rows(con: duckdb.DuckDBPyConnection, file: ExtractFile, header: Header, rows: str) -> tuple[int, int]:
    """Put the rows of one file into its raw table or the quarantine; return rows read and rows quarantined."""
    table = file.table
    con.execute(f"create temp table judged as {_judged(table, header, rows)}")
    read, bad = _counts(con, "select count(*), count(_reason) from temp.judged")
    names = ", ".join(identifier(o.name) for column in table.columns for o in outputs(column, table.clock))
    target = f"raw.{identifier(table.raw_name)}"
    before = _counts(con, f"select count(*), 0 from {target}")[0]
    con.execute(
        f"insert into {target} select {names}, _source_key, ?, _row_number from temp.judged where _reason is null",
        [file.name],
    )
    con.execute(
        "insert into raw.quarantine select ?, ?, ?, _row_number, _reason, _raw from temp.judged where _reason is not null",
        [table.system, table.name, file.name],
    )
    con.execute("drop table temp.judged")
    accepted = _counts(con, f"select count(*), 0 from {target}")[0] - before
    if read != accepted + bad:
        raise BuildError(
            f"{file.name}: {read} rows read but {accepted} accepted and {bad} quarantined; this is a defect"
        )
    con.execute(
        "insert into raw.load_files values (?, ?, ?, ?, ?, ?)",
        [table.system, table.name, file.name, file.format, read, bad],
    )
    return read, bad


def _judged(table: Table, header: Header, rows: str) -> str:
    """SQL of the typed rows of a file, each with the first problem found in it and its raw text when there is one."""
    fields = tuple(f"f{position}" for position in range(len(header.names)))
    texts = ", ".join(f"{_text(column, header)} as {text_name(column)}" for column in table.columns)
    values = "".join(f", {sql} as {value_name(column)}" for column in table.columns if (sql := parsed(column)))
    problems = ["_problem", *(sql for column in table.columns if (sql := problem(column, table.clock)))]
    typed = ", ".join(f"{o.sql} as {identifier(o.name)}" for c in table.columns for o in outputs(c, table.clock))
    keys = " || '-' || ".join(text_name(column) for column in table.key_columns)
    raw = json_of(header.names, tuple(trimmed(name) for name in fields))
    return (
        f"with incoming as ({rows}), "
        f"trimmed as (select *, {texts} from incoming), "
        f"read as (select *{values} from trimmed), "
        f"judged as (select *, coalesce({', '.join(problems)}) as _reason from read) "
        f"select {typed}, {keys} as _source_key, _row_number, _reason, "
        f"case when _line is not null then {json_of(('_line',), ('_line',))} when _reason is not null then {raw} end as _raw "
        f"from judged"
    )


def _text(column: Column, header: Header) -> str:
    if column.name not in header.names:
        return "cast(null as varchar)"
    return trimmed(f"f{header.names.index(column.name)}")


def _counts(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[int, int]:
    row = con.execute(sql).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])
