"""Going on from the published build: its warehouse, with what changed rows touch made again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline import warehouse
from pipeline.build_inputs import keep_build_inputs
from pipeline.contract import Contract, load_contract
from pipeline.errors import BuildError, UsageError
from pipeline.fingerprint import FileHash, file_hashes
from pipeline.incremental.files import FileChanges, file_changes, why_not_on
from pipeline.incremental.grain import NOT_OF_A_PART, SUMMED, SUMS_ADD_UP
from pipeline.incremental.merging import merge, unknown_tables
from pipeline.incremental.moving_instant import Between, greatest_stamp, touch_last_return, touch_what_waits
from pipeline.incremental.part import fill_part, touched_share
from pipeline.incremental.rows import change_reports, change_rows
from pipeline.incremental.touched import make_sets, settle, touch_changed
from pipeline.load import load_extracts
from pipeline.load.engine import first_line
from pipeline.load.landing import survey
from pipeline.progress import Progress
from pipeline.publish import BuildFolder, read_manifest
from pipeline.settings import SEEDS
from pipeline.transform import transform
from pipeline.warehouse import Connection, literal
from pipeline.workspace import WAREHOUSE

# Beyond this making everything again costs no more than making a part and merging it.
MOST_TOUCHED_SHARE = 1 / 3
FEW_RETURNS = 1_000
_SUMS = ("--select", *SUMMED, *SUMS_ADD_UP, "--indirect-selection", "empty")


@dataclass(frozen=True)
class Start:
    """What to go on from: the folder of the published build, and the landing folder and settings of now."""

    published: Path
    extracts: Path
    target: str
    as_of: datetime | None

    @property
    def warehouse(self) -> Path:
        """The published warehouse file."""
        return self.published / WAREHOUSE


class _NotOnError(Exception):
    """A build cannot go on from the published one; the text says why."""


def go_on(start: Start, folder: BuildFolder, progress: Progress) -> str | None:
    """Fill `folder` with what the published build becomes by the landing folder of now; every table is as if anew.

    Returns None when that is done, else in words why it cannot be: the folder is then as it was. Raises UsageError
    when the extracts break the contract, BuildError when a model or a test fails.
    """
    try:
        files = _files(start.extracts)
        changes = _changes(start, files)
        if changes.to_read or changes.gone or start.as_of is not None:
            _load_new(start, folder, changes, progress)
            _make_again(start, folder, changes, progress)
        else:
            shutil.copyfile(start.warehouse, folder.warehouse)
            progress.note("No file changed since the published build.")
    except _NotOnError as reason:
        folder.warehouse.unlink(missing_ok=True)
        shutil.rmtree(folder.scratch)
        folder.scratch.mkdir()
        return str(reason)
    except duckdb.Error as error:
        raise BuildError(
            f"The build could not go on from the published one ({first_line(error)}). Build with --full-refresh, which "
            "does not need it."
        ) from error
    with warehouse.writing(folder.warehouse) as con:
        keep_build_inputs(con, files)
    return None


def _files(extracts: Path) -> tuple[FileHash, ...]:
    landing = survey(load_contract(), extracts, SEEDS)
    try:
        return file_hashes((file.name, file.path) for files in landing.files.values() for file in files)
    except OSError as error:
        raise _NotOnError(f"a file cannot be read ({error.strerror})") from error


def _changes(start: Start, files: tuple[FileHash, ...]) -> FileChanges:
    """Return which files changed; raises _NotOnError where the published build is nothing to go on from."""
    try:
        target = read_manifest(start.published).target
        with warehouse.reading(start.warehouse) as con:
            changes = file_changes(con, files)
            reason = why_not_on(con, changes)
            unknown = unknown_tables(con)
            [(is_given,)] = con.execute("select is_given from returns.as_of").fetchall()
    except (duckdb.Error, OSError, UsageError) as error:
        raise _NotOnError(f"the published build is not one of this version ({first_line(error)})") from error
    if target != start.target:
        raise _NotOnError(f"the published build was not made with --target {start.target}")
    if reason:
        raise _NotOnError(reason)
    if unknown:
        raise _NotOnError(f"nothing says how to go on from {', '.join(unknown[:4])}")
    if is_given != (start.as_of is not None):
        raise _NotOnError("the as-of instant is given for one of the two builds only")
    return changes


def _load_new(start: Start, folder: BuildFolder, changes: FileChanges, progress: Progress) -> None:
    with warehouse.writing(_delta(folder)) as con:
        load_extracts(con, start.extracts, SEEDS, progress.detail, only=frozenset(changes.to_read))


def _make_again(start: Start, folder: BuildFolder, changes: FileChanges, progress: Progress) -> None:
    contract = load_contract()
    shutil.copyfile(start.warehouse, folder.warehouse)
    _part(folder).parent.mkdir()
    with warehouse.writing(folder.warehouse) as con:
        con.execute(f"attach {literal(str(_delta(folder)))} as delta (read_only)")
        con.execute(f"attach {literal(str(_part(folder)))} as part")
        rows = _change_raw(con, contract, start, changes)
        _touch(con, start.as_of)
        touched, returns = touched_share(con)
        if touched > max(FEW_RETURNS, returns * MOST_TOUCHED_SHARE):
            raise _NotOnError(f"what changed touches {touched:,} of {returns:,} returns")
        fill_part(con, contract)
    progress.note(
        f"Going on from the published build: {changes.in_words()} files, {rows:,} rows came or went, "
        f"{touched:,} of {returns:,} returns are made again."
    )
    progress.stage("Transforming")
    transform(_part(folder), folder.scratch, "duckdb", progress.detail, ("--exclude", *NOT_OF_A_PART))
    with warehouse.writing(folder.warehouse) as con:
        con.execute(f"attach {literal(str(_part(folder)))} as part (read_only)")
        merge(con)
    transform(folder.warehouse, folder.scratch, "duckdb", progress.detail, _SUMS)


def _change_raw(con: Connection, contract: Contract, start: Start, changes: FileChanges) -> int:
    con.execute("create schema part.changed")
    change_reports(con, changes)
    con.execute("update raw.build_settings set as_of_at = ?", [start.as_of])
    return sum(change_rows(con, table, changes) for table in contract.tables)


def _touch(con: Connection, as_of: datetime | None) -> None:
    """Find what the changed rows touch, and what the move of the as-of instant touches beyond that."""
    make_sets(con)
    touch_changed(con)
    settle(con)
    [(before,)] = con.execute("select as_of_at from returns.as_of").fetchall()
    between = _between(con, before, as_of)
    if between.is_moving:
        touch_what_waits(con, between)
    settle(con)


def _between(con: Connection, before: datetime, as_of: datetime | None) -> Between:
    if as_of is not None:
        return Between(min(before, as_of), max(before, as_of))
    last = touch_last_return(con)
    if last is None:
        raise _NotOnError("what changed touches every return")
    return Between(min(before, last), max(before, greatest_stamp(con) or before))


def _delta(folder: BuildFolder) -> Path:
    """Where the rows of the files to read are."""
    return folder.scratch / "delta.duckdb"


def _part(folder: BuildFolder) -> Path:
    """Where a part is made: a file of the warehouse's own name, which views carry in them."""
    return folder.scratch / "part" / folder.warehouse.name
