"""Two warehouses of the same extracts, held against each other table by table and row by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.load.dialect import identifier
from pipeline.spark.exchange import SCHEMAS
from pipeline.warehouse import column_types, literal

TOLERANCE = 1e-9
SHOWN = 5

# Business days are the last division, a float, kept as a decimal of fifteen places.
FLOATS = ("DOUBLE", "DECIMAL(38,15)")

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Compared:
    """One table of both: its rows in the first, and what differs, in words; nothing when they are equal."""

    table: str
    rows: int
    differences: tuple[str, ...]


def compare_warehouses(one: Path, other: Path) -> list[Compared]:
    """Compare every table and view from staging to the marts; floats and floats in JSON to 1e-9, the rest exactly."""
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute(f"attach {literal(str(one))} as one (read_only)")
        con.execute(f"attach {literal(str(other))} as other (read_only)")
        tables = con.execute(
            """
            select table_schema || '.' || table_name, count(*)
            from information_schema.tables
            where table_catalog in ('one', 'other') and list_contains(?, table_schema)
            group by all
            order by all
            """,
            [list(SCHEMAS)],
        ).fetchall()
        return [
            _compared(con, name) if sides == 2 else Compared(name, 0, ("it is in one of the two only",))
            for name, sides in tables
        ]


def _compared(con: Connection, table: str) -> Compared:
    kinds, others = column_types(con, f"one.{table}"), column_types(con, f"other.{table}")
    [(rows,)] = con.execute(f"select count(*) from one.{table}").fetchall()
    if kinds != others:
        wrong = [f"{name} is {kind}, {others.get(name)}" for name, kind in kinds.items() if others.get(name) != kind]
        wrong += [f"{name} is in the other only" for name in others if name not in kinds]
        return Compared(table, rows, tuple(wrong[:SHOWN]) or ("the columns have another order",))
    return Compared(table, rows, _differing_rows(con, table, kinds))


def _differing_rows(con: Connection, table: str, kinds: dict[str, str]) -> tuple[str, ...]:
    """Pair the rows in the order of all columns, floats last, and say which pairs differ."""
    floats = [identifier(name) for name, kind in kinds.items() if kind in FLOATS]
    exact = [identifier(name) for name, kind in kinds.items() if kind not in FLOATS]
    columns = ", ".join([*(_as_compared(name) for name in exact), *floats])
    equal = [f"one.{name} is not distinct from other.{name}" for name in exact] + [_close(name) for name in floats]
    numbered = "select *, row_number() over (order by all_columns) as row_no from ({}) as all_columns"
    sides = {side: numbered.format(f"select {columns} from {side}.{table}") for side in ("one", "other")}
    found = con.execute(
        f"""
        select one, other, count(*) over () as differing
        from ({sides["one"]}) as one
        full join ({sides["other"]}) as other using (row_no)
        where one.row_no is null or other.row_no is null or not ({" and ".join(equal)})
        order by row_no
        limit {SHOWN}
        """
    ).fetchall()
    return tuple(f"{count} rows: {_told(first, second)}" for first, second, count in found)


def _as_compared(name: str) -> str:
    """Evidence is JSON: its numbers are compared as numbers, for engines write them in other forms."""
    if name.strip('"') != "evidence":
        return name
    value = "json_extract_string(evidence, '$.' || key)"
    number = f"cast(round(try_cast({value} as double), 9) as varchar)"
    return f"list_transform(json_keys(evidence), lambda key: key || '=' || coalesce({number}, {value}, '')) as evidence"


def _close(name: str) -> str:
    one, other = f"one.{name}", f"other.{name}"
    bound = f"{TOLERANCE} * greatest(1, abs({one}), abs({other}))"
    return f"coalesce(abs({one} - {other}) <= {bound}, {one} is null and {other} is null)"


def _told(one: dict[str, object], other: dict[str, object]) -> str:
    for side, absent, row in (("one", other, one), ("other", one, other)):
        if absent["row_no"] is None:
            return f"only in the {side}: {row}"
    return ", ".join(f"{name}: {one[name]!r}, {other[name]!r}" for name in one if one[name] != other[name])
