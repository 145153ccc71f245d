"""The tables of a mining run: what is asked of the log for each file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mining.log import EventLog
from mining.totals import ActivityUse, activity_use
from pipeline.export.catalog import ExportTable
from pipeline.export.records import write_records
from pipeline.export.tabular import write_csv
from pipeline.macros import render
from pipeline.progress import Progress
from pipeline.warehouse import Connection

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True)
class Table:
    """A file that the engine writes: a question, its columns by the name that the file gives them, and their order."""

    file: str
    question: str
    columns: Mapping[str, str]
    order: tuple[str, ...]

    def relation(self, log: EventLog) -> str:
        """Return the question about a log as a parenthesised query; every name in it is the program's."""
        columns = ", ".join(f'{column} as "{name}"' for name, column in self.columns.items())
        return f"(select {columns} from ({render(self.question, events=log.events, cases=log.cases)}))"  # noqa: S608


@dataclass(frozen=True)
class Part:
    """A file of records: their kind and the function that answers with them."""

    file: str
    kind: type[DataclassInstance]
    answer: Callable[[EventLog], Sequence[DataclassInstance]]


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


TABLES = (
    Table(
        "edges.csv",
        "edges",
        _same("activity", "next_activity", "frequency", "cases", "mean_seconds", "median_seconds"),
        ("frequency desc", "activity", "next_activity"),
    ),
    Table(
        "variants.csv",
        "variants",
        _same("variant_id", "variant", "cases", "share", "median_seconds"),
        ("cases desc", "variant", "variant_id"),
    ),
    Table(
        "cases.csv",
        "case_durations",
        _same("case_id", "events", "started_at", "ended_at", "duration_seconds", "variant_id"),
        ("case_id",),
    ),
    Table(
        "handoffs.csv",
        "handovers",
        {"level": "level", "from": "from_name", "to": "to_name", "frequency": "frequency"},
        ("level", "frequency desc", '"from"', '"to"'),
    ),
)
PARTS = (Part("activities.csv", ActivityUse, activity_use),)


def write_tables(con: Connection, log: EventLog, folder: Path, raw: bool, progress: Progress) -> tuple[str, ...]:
    """Write every table and part of a log on `con` into `folder` and return the files' names."""
    for table in TABLES:
        progress.detail(table.file)
        write_csv(con, ExportTable(table.relation(log), tuple(table.columns), table.order), folder / table.file, raw)
    for part in PARTS:
        progress.detail(part.file)
        write_records(part.kind, part.answer(log), folder / part.file, raw)
    return tuple(part.file for part in (*TABLES, *PARTS))
