"""Mine an event log and write every result into a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from mining.any_log.columns import Columns
from mining.any_log.log_file import read_log
from mining.cohort import Cohort, Names, choose, funnel, sentence
from mining.conformance import Scope, conformance
from mining.conformance.scope import returns_scope
from mining.log import EventLog
from mining.totals import Totals, activity_use, log_totals
from pipeline import warehouse
from pipeline.export.map import any_map, returns_map
from pipeline.mine.files import write_tables
from pipeline.mine.folder import SUMMARY, WRITTEN_BY, result_folder
from pipeline.mine.model import discovered_model
from pipeline.mine.parts import ANY_LOG, Part, parts_of_returns
from pipeline.mine.summary import build_facts, file_facts, log_facts, versions
from pipeline.model import MODEL_NAME
from pipeline.people import told_resources
from pipeline.progress import Progress
from pipeline.publish import open_published
from pipeline.settings import SEEDS
from pipeline.warehouse import Connection

CONFORMANCE = "conformance.json"
CONFORMANCE_SECONDS = 120.0
MAP = "map.svg"
MODEL = "model.bpmn"
REFERENCE = "reference_process.bpmn"


@dataclass(frozen=True)
class Wish:
    """What a mining run is asked for: the folder to write, the cohort of cases, and whether text is left as it is in
    CSV and users of a build are told by their ids.
    """

    out: Path
    cohort: Cohort = field(default_factory=Cohort)
    raw: bool = False
    named: bool = False


@dataclass(frozen=True)
class _Source:
    """A log to mine: its process's name, what is known of its origin, and what it is held against, if anything is."""

    log: EventLog
    process: str
    facts: Mapping[str, object]
    parts: Sequence[Part]
    draw: Callable[[EventLog, str], str]
    names: Names = field(default_factory=Names)
    reference: str | None = None
    scope: Scope = field(default_factory=Scope)


def mine_file(path: Path, columns: Columns, complete_only: bool, wish: Wish, progress: Progress) -> Totals:
    """Mine a ``.xes``, ``.xes.gz`` or ``.csv`` file; the folder is what it was until all is written.

    Returns what was mined. Raises UsageError for a file that is no event log and for a folder that must not be
    replaced.
    """
    with result_folder(wish.out) as folder, TemporaryDirectory(prefix=".retrace-mine-", dir=folder.parent) as scratch:
        progress.stage(f"Reading {path.name}")
        with warehouse.writing(Path(scratch) / "log.duckdb") as con:
            found = read_log(con, path, columns, complete_only, progress.detail)
            for reason in found.left_out:
                progress.note(f"Left out: {reason.events:,} events, each of which {reason.reason}.")
            facts = file_facts(path, columns, complete_only, found)
            source = _Source(found.log, path.name.split(".")[0], facts, ANY_LOG, any_map, Names("case", "cases"))
            return _mine(con, source, wish, folder, progress)


def mine_workspace(workspace: Path, wish: Wish, progress: Progress) -> Totals:
    """Mine the returns of a published build; the folder is what it was until all is written.

    They are held against the target process. Returns what was mined. Raises UsageError when there is no published build
    and for a folder that must not be replaced.
    """
    with open_published(workspace) as published, result_folder(wish.out) as folder:
        con = published.connection
        log, facts = EventLog(con), build_facts(published)
        told = None if wish.named else told_resources(con, published.workspace.people_key())
        source = _Source(
            log, MODEL_NAME, facts, parts_of_returns(told), returns_map, Names(), REFERENCE, returns_scope()
        )
        return _mine(con, source, wish, folder, progress)


def _mine(con: Connection, source: _Source, wish: Wish, folder: Path, progress: Progress) -> Totals:
    """Write every file of the run, the summary last."""
    log = choose(source.log, wish.cohort)
    progress.stage("Mining the tables")
    files = write_tables(con, log, source.parts, folder, wish.raw, progress)
    said = sentence(wish.cohort, source.names)
    (folder / MAP).write_text(source.draw(log, said), encoding="utf-8")
    progress.stage("Discovering the model")
    model = discovered_model(log, source.process)
    (folder / MODEL).write_text(model, encoding="utf-8")
    progress.stage(f"Holding the log against {source.reference or MODEL}")
    against = model if source.reference is None else (SEEDS / source.reference).read_text(encoding="utf-8")
    result = conformance(log, against, CONFORMANCE_SECONDS, source.scope)
    _write_json(folder / CONFORMANCE, {"model": source.reference or MODEL, **asdict(result)})
    totals = log_totals(log)
    summary = {
        "written_by": WRITTEN_BY,
        "versions": versions(),
        **source.facts,
        "cohort": json.loads(wish.cohort.to_json()),
        "cohort_in_words": said,
        "funnel": [asdict(step) for step in funnel(source.log, wish.cohort, source.names)],
        **log_facts(totals, activity_use(log)),
        "files": [*files, MAP, CONFORMANCE, MODEL, SUMMARY],
    }
    _write_json(folder / SUMMARY, summary)
    return totals


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
