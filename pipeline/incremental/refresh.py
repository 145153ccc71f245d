"""Going on from the published build: its warehouse, with what changed rows touch made again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline import warehouse
from pipeline.build_inputs import keep_build_inputs
from pipeline.contract import load_contract
from pipeline.errors import BuildError, UsageError
from pipeline.fingerprint import FileHash, file_hashes
from pipeline.incremental.catalogues import DELTA, PART, attach, using
from pipeline.incremental.files import FileChanges, file_changes, why_not_on
from pipeline.incremental.merging import merge, unknown_tables
from pipeline.incremental.moving_instant import Between, find_waiting, greatest_stamp, touch_last_return, touch_stamps
from pipeline.incremental.part import fill_part, run_part, run_sums, touched_share
from pipeline.incremental.rows import change_reports, change_rows, find_changes
from pipeline.incremental.touched import make_sets, settle, touch_changed
from pipeline.incremental.waiting import remake_waiting
from pipeline.load import load_extracts
from pipeline.load.engine import first_line
from pipeline.load.landing import survey
from pipeline.progress import Progress
from pipeline.publish import BuildFolder, read_manifest
from pipeline.settings import SEEDS
from pipeline.statements import statements_of_build
from pipeline.warehouse import Connection
from pipeline.workspace import WAREHOUSE

# Beyond this making everything again costs no more than making a part and merging it.
MOST_TOUCHED_SHARE = 1 / 3
FEW_RETURNS = 1_000


@dataclass(frozen=True)
class Start:
    """What to go on from: the folder of the published build, and the landing folder and settings of now."""

    published: Path
    extracts: Path
    as_of: datetime | None

    @property
    def warehouse(self) -> Path:
        """The published warehouse file."""
        return self.published / WAREHOUSE


class NotOnError(Exception):
    """A build cannot go on from the published one; the text says why."""


@contextmanager
def going_on(start: Start, folder: BuildFolder, progress: Progress) -> Iterator[Connection]:
    """Open the warehouse of `folder` with what the published build becomes by the landing folder of now.

    Every table is as if made anew. For the block the catalogue `PART` has what was made again, and is not there when
    no file changed. Raises NotOnError, with the folder as it was, where the build cannot go on, UsageError when the
    extracts break the contract, BuildError when a model or a test fails.
    """
    files = _files(start.extracts)
    changes = _changes(start, files)
    try:
        shutil.copyfile(start.warehouse, folder.warehouse)
        with warehouse.writing(folder.warehouse) as con:
            if changes.to_read or changes.gone or start.as_of is not None:
                _go_on(con, start, changes, progress)
            else:
                progress.note("No file changed since the published build.")
            keep_build_inputs(con, files)
            yield con
    except NotOnError:
        folder.warehouse.unlink()
        raise


def _files(extracts: Path) -> tuple[FileHash, ...]:
    landing = survey(load_contract(), extracts, SEEDS)
    try:
        return file_hashes((file.name, file.path) for files in landing.files.values() for file in files)
    except OSError as error:
        raise NotOnError(f"a file cannot be read ({error.strerror})") from error


def _changes(start: Start, files: tuple[FileHash, ...]) -> FileChanges:
    """Return which files changed; raises NotOnError where the published build is nothing to go on from."""
    try:
        target = read_manifest(start.published).target
        with warehouse.reading(start.warehouse) as con:
            changes = file_changes(con, files)
            reason = why_not_on(con, changes)
            unknown = unknown_tables(con)
            [(is_given,)] = con.execute("select is_given from returns.as_of").fetchall()
    except (duckdb.Error, OSError, UsageError) as error:
        raise NotOnError(f"the published build is not one of this version ({first_line(error)})") from error
    if target != "duckdb":
        raise NotOnError(f"the published build was made with --target {target}")
    if reason:
        raise NotOnError(reason)
    if unknown:
        raise NotOnError(f"nothing says how to go on from {', '.join(unknown[:4])}")
    if is_given != (start.as_of is not None):
        raise NotOnError("the as-of instant is given for one of the two builds only")
    return changes


def _go_on(con: Connection, start: Start, changes: FileChanges, progress: Progress) -> None:
    try:
        con.execute(f"attach ':memory:' as {DELTA}")
        attach(con, PART)
        with using(con, DELTA):
            load_extracts(con, start.extracts, SEEDS, progress.detail, only=frozenset(changes.to_read))
        _take_out(con, start, changes, progress)
        progress.stage("Transforming")
        statements = statements_of_build(con)
        run_part(con, statements, progress.detail)
        remade = remake_waiting(con, statements, progress.detail)
        con.execute("begin")  # what goes in together is written once
        change_reports(con, changes)
        change_rows(con, load_contract())
        merge(con, remade)
        run_sums(con, statements, progress.detail)
        con.execute("commit")
    except duckdb.Error as error:
        raise BuildError(
            f"The build could not go on from the published one ({first_line(error)}). Build with --full-refresh, which "
            "does not need it."
        ) from error


def _take_out(con: Connection, start: Start, changes: FileChanges, progress: Progress) -> None:
    """Find what is touched and bring its raw rows to the part."""
    contract = load_contract()
    rows = find_changes(con, contract, changes)
    _touch(con, start.as_of)
    touched, waiting, returns = touched_share(con)
    if touched > max(FEW_RETURNS, returns * MOST_TOUCHED_SHARE):
        raise NotOnError(f"what changed touches {touched:,} of {returns:,} returns")
    fill_part(con, contract, start.as_of)
    progress.note(
        f"Going on from the published build: {changes.in_words()} files, {rows:,} rows came or went, "
        f"{touched:,} of {returns:,} returns are made again, {waiting:,} wait for something."
    )


def _touch(con: Connection, as_of: datetime | None) -> None:
    """Find what the changed rows touch, and what the move of the as-of instant touches beyond that."""
    make_sets(con)
    touch_changed(con)
    asked: dict[str, int] = {}
    settle(con, asked)
    [(before,)] = con.execute("select as_of_at from returns.as_of").fetchall()
    between = _between(con, before, as_of)
    if between.is_moving:
        touch_stamps(con, between)
    settle(con, asked)
    if between.is_moving:
        find_waiting(con)


def _between(con: Connection, before: datetime, as_of: datetime | None) -> Between:
    if as_of is not None:
        return Between(min(before, as_of), max(before, as_of))
    last = touch_last_return(con)
    if last is None:
        raise NotOnError("what changed touches every return")
    return Between(min(before, last), max(before, greatest_stamp(con) or before))
