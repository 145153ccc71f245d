"""The schema ``raw``: its tables, and the judged rows of one file put into them."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from pipeline.contract import Table
from pipeline.errors import BuildError
from pipeline.load.dialect import identifier
from pipeline.load.forms import outputs
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
        con.execute(f"create table {_relation(table)} ({listed})")


def keep_rows(
    con: duckdb.DuckDBPyConnection, file: ExtractFile, rows: str, judged: Callable[[str], str]
) -> tuple[int, int]:
    """Put the rows of a file into its raw table, and those that break the contract into the quarantine.

    `rows` is the SQL of the rows, `judged` gives the SQL that judges them: all rows once for the raw table, and the few
    that did not get there once more for what is wrong with them. Returns rows read and rows quarantined. Raises
    ``BuildError`` when a row got lost on the way.
    """
    table, target = file.table, _relation(file.table)
    names = ", ".join(identifier(o.name) for column in table.columns for o in outputs(column, table.clock))
    good = f"select {names}, _source_key, ?, _row_number from ({judged(rows)}) where _reason is null"  # noqa: S608
    read = _number(con.execute(f"select count(*) from ({rows})"))  # noqa: S608 -- quoted
    accepted = _number(con.execute(f"insert into {target} {good}", [file.name]))
    quarantined = 0
    if accepted < read:
        kept = f"select _row_number from {target} where _file = ?"  # noqa: S608 -- quoted
        rest = judged(f"select * from ({rows}) as rows_ anti join ({kept}) as kept using (_row_number)")  # noqa: S608
        bad = f"select ?, ?, ?, _row_number, _reason, _raw from ({rest}) where _reason is not null order by _row_number"  # noqa: S608
        parameters = [table.system, table.name, file.name, file.name]
        quarantined = _number(con.execute(f"insert into raw.quarantine {bad}", parameters))
    if read != accepted + quarantined:
        raise BuildError(
            f"{file.name}: {read} rows read, but {accepted} accepted and {quarantined} quarantined. "
            "Nothing was published; please report this with the file."
        )
    return report_rows(con, file, read, quarantined)


def report_rows(con: duckdb.DuckDBPyConnection, file: ExtractFile, read: int, quarantined: int) -> tuple[int, int]:
    """Note how many rows of a file were read and how many of them quarantined; return both."""
    report = [file.table.system, file.table.name, file.name, file.format, read, quarantined]
    con.execute("insert into raw.load_files values (?, ?, ?, ?, ?, ?)", report)
    return read, quarantined


def report_extra_columns(con: duckdb.DuckDBPyConnection, file: ExtractFile, names: list[str]) -> None:
    """Note the columns of a file that the contract does not know."""
    for name in names:
        row = [file.table.system, file.table.name, file.name, name]
        con.execute("insert into raw.extra_columns values (?, ?, ?, ?)", row)


def _relation(table: Table) -> str:
    return f"raw.{identifier(table.raw_name)}"


def _number(result: duckdb.DuckDBPyConnection) -> int:
    """The single number a statement answers with; for an insert the number of rows inserted."""
    [(number,)] = result.fetchall()
    return int(number)
