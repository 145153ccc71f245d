"""A literal frozen baseline beside the items, events and rows of today, laid as a verification lays them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from pipeline.macros import render
from pipeline.settings import SEEDS
from proof.baseline.causes import THEN, Then, lay_causes
from proof.baseline.ground import EVENTS, ITEMS, ROWS, lay_measures
from proof.baseline.record import FrozenValue
from proof.baseline.restated import Restatement, restatements

AS_OF = datetime(2025, 3, 31)
LATER = datetime(2025, 4, 30)
BY_THEN, SINCE = datetime(2025, 2, 1, 9), datetime(2025, 4, 10, 9)
CLOSED = "erp.return_status_changes"

_SCHEMA = {
    ITEMS: "kpi varchar, kpi_part varchar, item_type varchar, item_id varchar, case_id varchar, entity_id varchar, "
    "anchor_at timestamp, anchor_date date, value decimal(38, 15), numerator decimal(38, 15), "
    "denominator decimal(38, 15), left_out_reason varchar, is_lacking boolean",
    EVENTS: "case_id varchar, source_system varchar, source_table varchar, source_key varchar, activity varchar, "
    "event_at timestamp",
    ROWS: "source_system varchar, source_table varchar, source_key varchar, about varchar, happened_at timestamp, "
    "is_deleted boolean, digest ubigint",
}


@dataclass(frozen=True)
class Item:
    """An item of a KPI about the return `case`: a duration or sum of `value`, or 0/1 of a share in `numerator`."""

    case: str
    value: float | None = None
    numerator: int | None = None
    kpi: str = "cycle_time_days"
    entity: str = "E1"
    anchor: datetime = BY_THEN


@dataclass(frozen=True)
class Row:
    """A row of an extract `table` about a return (or an entity, a calendar, `*`), with the `content` it has.

    A row of a return has one event at `at`; a row of a reference table has none.
    """

    about: str
    key: str
    content: int = 1
    at: datetime | None = BY_THEN
    table: str = CLOSED
    events: bool = True


@dataclass(frozen=True)
class World:
    """What there was, or is: items and rows."""

    items: Sequence[Item]
    rows: Sequence[Row] = ()


def warehouse(then: World, now: World) -> duckdb.DuckDBPyConnection:
    """Return a connection with both worlds laid; the entity E1 has the calendar C1, E2 has C2."""
    con = duckdb.connect(":memory:")
    con.execute("create schema staging")
    for name in ("kpis", "kpi_measures", "kpi_inputs"):
        con.execute(f"create table staging.{name} as from read_csv('{SEEDS / name}.csv', header = true)")
    con.execute(
        "create table staging.stg_reference__entities as "
        "from (values ('E1', 'C1'), ('E2', 'C2')) t(entity_id, calendar_id)"
    )
    for world, names in ((then, THEN), (now, {name: name for name in _SCHEMA})):
        for name, columns in _SCHEMA.items():
            con.execute(f"create temp table {names[name]} ({columns})")
        _fill(con, names[ITEMS], [_item(one) for one in world.items])
        _fill(con, names[EVENTS], [event for row in world.rows for event in _events(row)])
        _fill(con, names[ROWS], [_row(row) for row in world.rows])
    return con


def verified(
    then: World, now: World, as_of_now: datetime = AS_OF, is_other_code: bool = False, is_whole: bool = True
) -> dict[str, Restatement]:
    """Return the restatements of a literal baseline by measure."""
    con = warehouse(then, now)
    frozen = frozen_of(con)
    lay_causes(con, Then(AS_OF, as_of_now, is_other_code, is_whole))
    return {one.measure.measure: one for one in restatements(con, frozen)}


def frozen_of(con: duckdb.DuckDBPyConnection) -> list[FrozenValue]:
    """Return every measure of the frozen items."""
    names = lay_measures(con)
    totals = render("kpi_totals", items=THEN[ITEMS], measures="baseline_measures")
    found = {row[0]: row[1:] for row in con.execute(f"select measure, value, n from ({totals})").fetchall()}
    return [FrozenValue(name, *found[name.measure], None, None, 0, (), None, None, ()) for name in names]


def _fill(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]) -> None:
    for row in rows:
        con.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)


def _item(one: Item) -> tuple[object, ...]:
    denominator = None if one.numerator is None else 1
    numbers = (one.value, one.numerator, denominator, None, False)
    return one.kpi, None, "return", one.case, one.case, one.entity, one.anchor, one.anchor.date(), *numbers


def _row(row: Row) -> tuple[object, ...]:
    system, table = row.table.split(".")
    return system, table, row.key, row.about, row.at, False, row.content


def _events(row: Row) -> list[tuple[object, ...]]:
    system, table = row.table.split(".")
    has_one = row.events and row.at is not None and system != "reference"
    return [(row.about, system, table, row.key, "Return Closed", row.at)] if has_one else []
