"""The tables of a mining run: what is asked of the log for each file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mining.log import EventLog
from pipeline.export.catalog import ExportTable
from pipeline.export.records import write_records
from pipeline.export.tabular import write_csv
from pipeline.macros import render
from pipeline.mine.parts import Part
from pipeline.progress import Progress
from pipeline.warehouse import Connection


@dataclass(frozen=True)
class Table:
    """A file that the engine writes, for it may be long: a question, the columns to write and the order of the rows."""

    file: str
    question: str
    columns: tuple[str, ...]
    order: tuple[str, ...]


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


def write_tables(
    con: Connection, log: EventLog, parts: Sequence[Part], folder: Path, raw: bool, progress: Progress
) -> tuple[str, ...]:
    """Write every table of a log on `con`, and its `parts`, into `folder` and return the files' names."""
    for table in TABLES:
        progress.detail(table.file)
        relation = f"({render(table.question, events=log.events, cases=log.cases)})"
        write_csv(con, ExportTable(relation, table.columns, table.order), folder / table.file, raw)
    for part in parts:
        progress.detail(part.file)
        write_records(part.kind, part.answer(log), folder / part.file, raw)
    return (*(table.file for table in TABLES), *(part.file for part in parts))
