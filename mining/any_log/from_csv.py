"""Reading a CSV event log: one row per event, its columns found by their names in the header."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from mining.any_log.columns import Columns, attribute_names
from mining.any_log.csv_header import read_header
from mining.any_log.rows import row_columns, text_sql
from pipeline.errors import UsageError
from pipeline.load.dialect import identifier, literal
from pipeline.load.engine import file_name

_LONGEST_LINE = 8 << 20
_NEVER = "\x01no value\x01"
_SAMPLE = 100_000


def read_csv_rows(con: duckdb.DuckDBPyConnection, path: Path, columns: Columns) -> Mapping[str, str]:
    """Make `file.rows` of a CSV file; return the columns that play no part in an event: their names there by name.

    Raises UsageError when a column is missing or there twice, the file is not UTF-8 or a line is not CSV.
    """
    separator, names = read_header(path, columns)
    texts = {name: f"f{position}" for position, name in enumerate(names)}
    others = {name: text for name, text in texts.items() if name not in columns.used()}
    kept = "".join(f", nullif({text}, '') as {text}" for text in others.values())
    types = ", ".join(f"'f{position}': 'varchar'" for position in range(len(names)))
    scan = (
        f"read_csv({file_name(path)}, columns = {{{types}}}, auto_detect = false, header = true, "
        f"delim = {literal(separator)}, quote = '\"', escape = '\"', nullstr = {literal(_NEVER)}, "
        f"max_line_size = {_LONGEST_LINE}, hive_partitioning = false)"
    )
    row = f"{text_sql(texts, columns.case)} as case_id, {row_columns(columns, texts)}{kept}"
    try:
        con.execute(f"create table file.rows as select {row} from {scan}")  # noqa: S608 -- quoted
    except duckdb.InvalidInputException as error:
        raise _not_csv(path, error) from error
    con.execute("create view file.events as select *, rowid + 1 as row_number from file.rows")
    return others


def keep_csv_attributes(con: duckdb.DuckDBPyConnection, others: Mapping[str, str]) -> tuple[str, ...]:
    """Make `file.attributes`: per case, those of the `others` that have one value in each case; return their names.

    Empty cells say nothing. What varies among the first events is not looked at further.
    """
    first = f"(select * from file.kept where row_number <= {_SAMPLE})"  # noqa: S608
    steady = _steady(con, _steady(con, others, first, is_part=True), "file.kept")
    names = attribute_names(tuple(steady))
    values = "".join(f", min({text}) as {identifier(name)}" for name, text in zip(names, steady.values(), strict=True))
    con.execute(f"create table file.attributes as select case_id{values} from file.kept group by case_id")  # noqa: S608
    return names


def _steady(
    con: duckdb.DuckDBPyConnection, others: Mapping[str, str], rows: str, is_part: bool = False
) -> Mapping[str, str]:
    """The columns that have at most one value in every case of `rows`, and one in any unless that is a part only."""
    if not others:
        return {}
    ends = ", ".join(f"min({text}) as min_{text}, max({text}) as max_{text}" for text in others.values())
    same = ", ".join(f"bool_and(min_{text} = max_{text})" for text in others.values())
    [answer] = con.execute(f"select {same} from (select {ends} from {rows} group by case_id)").fetchall()  # noqa: S608
    pairs = zip(others.items(), answer, strict=True)
    return {name: text for (name, text), same in pairs if same or (is_part and same is None)}


def _not_csv(path: Path, error: duckdb.Error) -> UsageError:
    what = str(error).removeprefix("Invalid Input Error: ").split("Possible")[0]
    return UsageError(
        f"{path}: {' '.join(what.split())}. Expected CSV (RFC 4180) in UTF-8; mend the line or export again."
    )
