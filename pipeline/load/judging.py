"""Judging the rows of a file: typed as the contract says, or with the first problem found."""

from __future__ import annotations

from pipeline.contract import Column, Table
from pipeline.load.dialect import identifier, json_of, trimmed
from pipeline.load.forms import outputs, parsed, problem, text_name, value_name
from pipeline.load.headers import Header

_LINE_AS_READ = json_of(("_line",), ("_line",))


def judged(table: Table, header: Header, rows: str) -> str:
    """Return the SQL that judges the rows of a file, given as SQL.

    It has the raw columns of the table, ``_source_key``, ``_row_number``, and for a row that breaks the contract
    ``_reason`` (its first problem, in the order of the contract's columns) and ``_raw`` (all its columns as JSON).
    """
    texts = ", ".join(f"{_text(column, header)} as {text_name(column)}" for column in table.columns)
    values = "".join(f", {sql} as {value_name(column)}" for column in table.columns if (sql := parsed(column)))
    problems = [sql for column in table.columns if (sql := problem(column, table.clock))]
    typed = ", ".join(f"{o.sql} as {identifier(o.name)}" for c in table.columns for o in outputs(c, table.clock))
    keys = " || '-' || ".join(text_name(column) for column in table.key_columns)
    written = (f"nullif({trimmed(f'f{position}')}, '')" for position in range(len(header.names)))
    raw = json_of(header.names, tuple(written))
    return f"""
        with incoming as ({rows}),
        trimmed as (select *, {texts} from incoming),
        parsed as (select *{values} from trimmed),
        judged as (select *, coalesce(_problem, {", ".join(problems)}) as _reason from parsed)
        select {typed}, {keys} as _source_key, _row_number, _reason,
            case when _line is not null then {_LINE_AS_READ} when _reason is not null then {raw} end as _raw
        from judged
    """  # noqa: S608 -- every name and text from a file is quoted


def _text(column: Column, header: Header) -> str:
    """SQL of the trimmed text of a column; an optional column that the file does not bring is null."""
    if column.name not in header.names:
        return "cast(null as varchar)"
    return trimmed(f"f{header.names.index(column.name)}")
