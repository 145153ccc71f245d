"""The tables of a mining run: what is asked of the log for each file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mining.batching import BatchedActivity, batched_activities
from mining.handoffs import Level, handover_of_work
from mining.log import EventLog
from mining.rework import Repetition, repetitions
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
    """A file that the engine writes, for it may be long: a question, the columns to write and the order of the rows."""

    file: str
    question: str
    columns: tuple[str, ...]
    order: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A file of records: their kind and the function that answers with them."""

    file: str
    kind: type[DataclassInstance]
    answer: Callable[[EventLog], Sequence[DataclassInstance]]


@dataclass(frozen=True)
class LevelHandover:
    """At a level, how often `to` directly follows `from_`, who may be the same."""

    level: str
    from_: str
    to: str
    frequency: int


def handovers(log: EventLog) -> tuple[LevelHandover, ...]:
    """Return the handovers of work at every level of which events are known, by level, most frequent first."""
    return tuple(
        LevelHandover(level, found.from_name, found.to_name, found.frequency)
        for level in LEVELS
        for found in handover_of_work(log, level, fewest_cases=0)
    )


LEVELS: tuple[Level, ...] = ("department", "resource", "system")
TABLES = (
    Table(
        "edges.csv",
        "edges",
        ("activity", "next_activity", "frequency", "cases", "mean_seconds", "median_seconds"),
        ("frequency desc", "activity", "next_activity"),
    ),
    Table(
        "variants.csv",
        "variants",
        ("variant_id", "variant", "cases", "share", "median_seconds"),
        ("cases desc", "variant", "variant_id"),
    ),
    Table(
        "cases.csv",
        "case_durations",
        ("case_id", "events", "started_at", "ended_at", "duration_seconds", "variant_id"),
        ("case_id",),
    ),
)
PARTS = (
    Part("handoffs.csv", LevelHandover, handovers),
    Part("activities.csv", ActivityUse, activity_use),
    Part("repetitions.csv", Repetition, repetitions),
    Part("batches.csv", BatchedActivity, batched_activities),
)


def write_tables(con: Connection, log: EventLog, folder: Path, raw: bool, progress: Progress) -> tuple[str, ...]:
    """Write every table and part of a log on `con` into `folder` and return the files' names."""
    for table in TABLES:
        progress.detail(table.file)
        relation = f"({render(table.question, events=log.events, cases=log.cases)})"
        write_csv(con, ExportTable(relation, table.columns, table.order), folder / table.file, raw)
    for part in PARTS:
        progress.detail(part.file)
        write_records(part.kind, part.answer(log), folder / part.file, raw)
    return tuple(part.file for part in (*TABLES, *PARTS))
