"""Why a frozen figure is another today: each changed item has one cause, the first that holds in a stated order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.macros import Connection, render
from proof.baseline.ground import EVENTS, ITEMS, MEASURES, ROWS

THEN = {ITEMS: "frozen_items", EVENTS: "frozen_events", ROWS: "frozen_rows"}
ROW_CHANGES, ITEM_CHANGES = "baseline_row_changes", "baseline_item_changes"
SUSPECTS, REFERENCE_SUSPECTS = "baseline_suspects", "baseline_reference_suspects"
CAUSES, CAUSED, STEPS, MIXED = "baseline_causes", "baseline_caused", "baseline_step_places", "baseline_mixed"

PRECEDENCE = ("deleted", "corrected", "late", "later", "as_of", "reference", "definitions", "unknown")
"""The causes in their order: an item whose return has a deleted and a late row is told under deleted."""


@dataclass(frozen=True)
class Then:
    """How today differs from when it was frozen, beyond the rows: the as-of instants, and whether the code is another.

    The instants are naive UTC; the end of time for a log without events. `is_whole` says that no cohort chose returns.
    """

    as_of_then: datetime
    as_of_now: datetime
    is_other_code: bool
    is_whole: bool


@dataclass(frozen=True)
class Behind:
    """What is behind a cause of a measure: how many items it changed, and how many rows of which extract tables."""

    items: int
    rows: int
    tables: tuple[str, ...]


@dataclass(frozen=True)
class RowsChanged:
    """How many rows of an extract table changed, by the kind of the change (a cause of `PRECEDENCE`)."""

    kind: str
    table: str
    rows: int


def lay_causes(con: Connection, then: Then) -> None:
    """Hold the frozen items and rows against today's, all laid as temporary tables, and find the cause of each change.

    Afterwards `CAUSED` has one row per changed item with the place of its cause in `PRECEDENCE`.
    """
    instants = {"as_of_then": then.as_of_then, "as_of_now": then.as_of_now}
    con.execute(f"create or replace temp table {CAUSES} (cause varchar, place integer)")
    for place, cause in enumerate(PRECEDENCE, 1):
        con.execute(f"insert into {CAUSES} values (?, ?)", [cause, place])  # noqa: S608 -- a table of this module
    rows = render(
        "baseline_row_changes", rows_then=THEN[ROWS], rows_now=ROWS, events_then=THEN[EVENTS], events_now=EVENTS
    )
    _keep(con, ROW_CHANGES, rows, instants)
    items = render("baseline_item_changes", items_then=THEN[ITEMS], items_now=ITEMS, measures=MEASURES)
    _keep(con, ITEM_CHANGES, items, {})
    changes = {"item_changes": ITEM_CHANGES, "row_changes": ROW_CHANGES}
    _keep(con, SUSPECTS, render("baseline_suspects", **changes), {"is_whole": then.is_whole})
    _keep(con, REFERENCE_SUSPECTS, render("baseline_reference_suspects", **changes), {})
    suspects = {"suspects": SUSPECTS, "reference_suspects": REFERENCE_SUSPECTS}
    caused = render("baseline_causes", item_changes=ITEM_CHANGES, causes=CAUSES, **suspects)
    _keep(con, CAUSED, caused, {**instants, "is_other_code": then.is_other_code})


def causes_at_work(con: Connection) -> tuple[str, ...]:
    """Return the causes that changed an item, in their order."""
    found = con.execute(f"select distinct place from {CAUSED} order by place").fetchall()  # noqa: S608
    return tuple(PRECEDENCE[place - 1] for (place,) in found)


def behind(con: Connection) -> Mapping[tuple[str, str, str], Behind]:
    """Return what is behind each cause of each KPI and part."""
    suspects = {"suspects": SUSPECTS, "reference_suspects": REFERENCE_SUSPECTS}
    query = render("baseline_cause_counts", causes_of_items=CAUSED, causes=CAUSES, **suspects)
    return {
        (kpi, part, cause): Behind(items, rows, tuple(tables))
        for kpi, part, cause, items, rows, tables in con.execute(query).fetchall()
    }


def rows_changed(con: Connection) -> tuple[RowsChanged, ...]:
    """Return how many rows of each extract table changed in which way, whether or not a measure shows it."""
    query = f"""
        select changes.kind, changes.source_table, count(*)
        from {ROW_CHANGES} as changes
        inner join {CAUSES} as causes on causes.cause = changes.kind
        group by changes.kind, changes.source_table, causes.place
        order by causes.place, changes.source_table
    """  # noqa: S608
    return tuple(RowsChanged(*row) for row in con.execute(query).fetchall())


def _keep(con: Connection, name: str, query: str, bound: Mapping[str, object]) -> None:
    con.execute(f"create or replace temp table {name} as {query}", bound)
