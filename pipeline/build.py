"""The whole build: load, transform, validate, mine, publish. All or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline import warehouse
from pipeline.build_inputs import files_of_build, keep_build_inputs
from pipeline.contract import load_contract
from pipeline.errors import BuildError, UsageError
from pipeline.fingerprint import content_sha256, file_hashes
from pipeline.incremental import NotOnError, Start, going_on, has_part
from pipeline.instants import print_instant
from pipeline.libraries import OF_MINING, OF_TRANSFORMING, OF_VALIDATING, imported_meanwhile
from pipeline.load import load_extracts
from pipeline.load.landing import survey
from pipeline.model import store_model
from pipeline.progress import Progress
from pipeline.publish import BuildFolder, Manifest, new_build_folder, publish, published_folder
from pipeline.settings import SEEDS, product_version
from pipeline.spark.session import require_spark
from pipeline.spark.transform import transform_on_spark
from pipeline.statements import Statement, keep_statements
from pipeline.transform import transform
from pipeline.validation import validate_build
from pipeline.verdicts import store_verdicts
from pipeline.warehouse import Connection
from pipeline.workspace import Workspace, workspace_for_build
from pipeline.workspace_lock import locked

TARGETS = ("duckdb", "spark")


@dataclass(frozen=True)
class BuildRequest:
    """What to build: `as_of` is a naive UTC instant, None for the greatest event time of the extracts.

    Without `full_refresh` a build on DuckDB goes on from the published one where it can; the tables are the same either
    way.
    """

    extracts: Path
    workspace: Path
    as_of: datetime | None = None
    target: str = "duckdb"
    full_refresh: bool = False


def build(request: BuildRequest, progress: Progress) -> Manifest:
    """Build and publish; return what was published. Until the last step readers see the build before.

    Raises UsageError when the request or the extracts are not as they must be, BuildError when a stage fails; the
    workspace is then what it was.
    """
    _check(request)
    workspace = workspace_for_build(request.workspace, request.extracts)

    def waiting(holder: int | None) -> None:
        who = f" (process {holder})" if holder else ""
        progress.note(f"Another build of {workspace.root} is running{who}; waiting until it ends.")

    with locked(workspace, waiting):
        folder = new_build_folder(workspace)
        try:
            manifest = _stages(request, workspace, folder, progress)
            progress.stage("Publishing")
            publish(workspace, folder, manifest)
        except duckdb.Error as error:
            raise BuildError(f"The engine failed: {error}") from error
        except OSError as error:
            raise BuildError(f"The build could not read or write: {error}. Check the disk and the rights.") from error
    return manifest


def _check(request: BuildRequest) -> None:
    if request.target not in TARGETS:
        raise UsageError(f"--target is {request.target!r}; expected {' or '.join(TARGETS)}.")
    if request.target == "spark":
        require_spark()
    if not request.extracts.is_dir():
        found = "is not a folder" if request.extracts.exists() else "does not exist"
        raise UsageError(f"--extracts {request.extracts} {found}; expected the landing folder of the extracts.")


def _stages(request: BuildRequest, workspace: Workspace, folder: BuildFolder, progress: Progress) -> Manifest:
    """Fill the build's folder; nothing has the warehouse open between two stages."""
    extracts = request.extracts.resolve()
    progress.stage("Loading the extracts")
    for name in survey(load_contract(), extracts, SEEDS).unknown:
        progress.note(f"{name} is not part of the contract; it was not read.")
    with _filled(request, workspace, folder, progress) as con:
        progress.stage("Validating")
        validate_build(con, folder.data_docs, progress)
        progress.stage("Mining the process")
        store_model(con)
        if not has_part(con):
            store_verdicts(con)
        return _manifest(con, request, folder.number)


@contextmanager
def _filled(
    request: BuildRequest, workspace: Workspace, folder: BuildFolder, progress: Progress
) -> Iterator[Connection]:
    """Open the build's warehouse with all that loading, the models and the rules make."""
    is_anew = request.full_refresh or request.target == "spark"
    published = None if is_anew else published_folder(workspace)
    start = Start(published, request.extracts.resolve(), request.as_of) if published else None
    with ExitStack() as opened:
        try:
            if start is not None:
                with imported_meanwhile((*OF_MINING, *OF_VALIDATING)):
                    con = opened.enter_context(going_on(start, folder, progress))
                yield con
                return
        except NotOnError as reason:
            progress.note(f"Every table is built anew: {reason}.")
        statements = _build_anew(request, folder, progress)
        con = opened.enter_context(warehouse.writing(folder.warehouse))
        keep_statements(con, statements)
        yield con


def _build_anew(request: BuildRequest, folder: BuildFolder, progress: Progress) -> tuple[Statement, ...]:
    """Load every file and build every table; return what a build on DuckDB has run for that."""
    extracts = request.extracts.resolve()
    ahead = (*OF_TRANSFORMING, *OF_VALIDATING, *OF_MINING)
    with imported_meanwhile(ahead), warehouse.writing(folder.warehouse) as con:
        load_extracts(con, extracts, SEEDS, progress.detail)
        _write_settings(con, request.as_of)
        keep_build_inputs(con, file_hashes(_files_read(con, extracts)), request.target)
    progress.stage("Transforming")
    if request.target == "spark":
        transform_on_spark(folder.warehouse, folder.scratch, progress.detail)
        return ()
    return transform(folder.warehouse, folder.scratch, request.target, progress.detail)


def _write_settings(con: Connection, as_of: datetime | None) -> None:
    """Tell the models what this build is asked for."""
    columns = "contract_version integer, as_of_at timestamp, product_version varchar"
    con.execute(f"create table raw.build_settings ({columns})")
    row = [load_contract().version, as_of, product_version()]
    con.execute("insert into raw.build_settings values (?, ?, ?)", row)


def _files_read(con: Connection, extracts: Path) -> list[tuple[str, Path]]:
    """Every file that the load read: its name in the load report, and where it is."""
    rows = con.execute("select distinct file from raw.load_files").fetchall()
    return [(name, SEEDS.parent / name if name.startswith(f"{SEEDS.name}/") else extracts / name) for (name,) in rows]


def _manifest(con: Connection, request: BuildRequest, number: int) -> Manifest:
    [(as_of, rows_read, cases, events)] = con.execute(
        """
        select
            (select max(as_of_at) from returns.as_of),
            (select coalesce(sum(rows_read), 0)::bigint from raw.load_files),
            (select count(*) from event_log.cases),
            (select count(*) from event_log.events)
        """
    ).fetchall()
    return Manifest(
        build=number,
        product_version=product_version(),
        contract_version=load_contract().version,
        target=request.target,
        as_of_at=print_instant(as_of) if as_of else None,
        extracts=request.extracts.resolve().name,
        extracts_sha256=content_sha256(files_of_build(con)),
        rows_read=rows_read,
        cases=cases,
        events=events,
    )
