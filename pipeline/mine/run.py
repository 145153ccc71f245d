"""Mine an event log and write every result into a folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from mining.any_log.columns import Columns
from mining.any_log.log_file import read_log
from mining.log import EventLog
from mining.totals import Totals, activity_use, log_totals
from pipeline import warehouse
from pipeline.mine.files import write_tables
from pipeline.mine.folder import SUMMARY, WRITTEN_BY, result_folder
from pipeline.mine.model import discovered_model, replay_fitness
from pipeline.mine.summary import build_facts, file_facts, log_facts, versions
from pipeline.model import MODEL_NAME
from pipeline.progress import Progress
from pipeline.publish import open_published
from pipeline.warehouse import Connection

CONFORMANCE = "conformance.json"
MODEL = "model.bpmn"


def mine_file(path: Path, columns: Columns, complete_only: bool, out: Path, raw: bool, progress: Progress) -> Totals:
    """Mine a ``.xes``, ``.xes.gz`` or ``.csv`` file into the folder `out`, which is what it was until all is written.

    Raises UsageError for a file that is no event log and for an `out` that must not be replaced.
    """
    with result_folder(out) as folder, TemporaryDirectory(prefix=".retrace-mine-", dir=folder.parent) as scratch:
        progress.stage(f"Reading {path.name}")
        with warehouse.writing(Path(scratch) / "log.duckdb") as con:
            found = read_log(con, path, columns, complete_only, progress.detail)
            facts = file_facts(path, columns, complete_only, found)
            for reason in found.left_out:
                progress.note(f"Left out: {reason.events:,} events, each of which {reason.reason}.")
            return _write(con, found.log, folder, path.name.split(".")[0], facts, raw, progress)


def mine_workspace(workspace: Path, out: Path, raw: bool, progress: Progress) -> Totals:
    """Mine the returns of a published build into the folder `out`, which is what it was until all is written.

    Raises UsageError when there is no published build and for an `out` that must not be replaced.
    """
    with open_published(workspace) as published, result_folder(out) as folder:
        con = published.connection
        return _write(con, EventLog(con), folder, MODEL_NAME, build_facts(published), raw, progress)


def _write(
    con: Connection, log: EventLog, folder: Path, name: str, facts: dict[str, object], raw: bool, progress: Progress
) -> Totals:
    """Write every file of the run, the summary last."""
    progress.stage("Mining the tables")
    files = write_tables(con, log, folder, raw, progress)
    progress.stage("Discovering the model and replaying the log on it")
    model = discovered_model(log, name)
    (folder / MODEL).write_text(model, encoding="utf-8")
    totals = log_totals(log)
    _write_json(folder / CONFORMANCE, asdict(replay_fitness(log, model, totals)))
    found = facts | log_facts(totals, activity_use(log))
    names = [*files, CONFORMANCE, MODEL, SUMMARY]
    _write_json(folder / SUMMARY, {"written_by": WRITTEN_BY, "versions": versions()} | found | {"files": names})
    return totals


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
