"""Make a build in a folder of its own, swap it in when it is complete, and open the published one for reading."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from pipeline import warehouse
from pipeline.durable import replace_text, sync_folder, sync_tree
from pipeline.errors import UsageError
from pipeline.warehouse import Connection
from pipeline.workspace import (
    CURRENT,
    DATA_DOCS,
    MANIFEST,
    PEOPLE_KEY,
    WAREHOUSE,
    Workspace,
    workspace_for_reading,
)
from pipeline.workspace_lock import remove_leftovers


@dataclass(frozen=True)
class Manifest:
    """What a published build was made of.

    `as_of_at` is ISO 8601 in UTC, None for a log without events; `extracts_sha256` names the content read.
    """

    build: int
    product_version: str
    contract_version: int
    target: str
    as_of_at: str | None
    extracts: str
    extracts_sha256: str
    rows_read: int
    cases: int
    events: int


@dataclass(frozen=True)
class BuildFolder:
    """The folder of a build in the making."""

    number: int
    path: Path

    @property
    def warehouse(self) -> Path:
        """Where the new warehouse file is."""
        return self.path / WAREHOUSE

    @property
    def data_docs(self) -> Path:
        """Where the expectations' data docs go."""
        return self.path / DATA_DOCS

    @property
    def scratch(self) -> Path:
        """A folder for the build's working files; it is not published."""
        return self.path / "scratch"


@dataclass(frozen=True)
class Published:
    """A published build, opened for reading."""

    workspace: Workspace
    manifest: Manifest
    folder: Path
    connection: Connection


def new_build_folder(workspace: Workspace) -> BuildFolder:
    """Make the folder of the next build; leftovers of dead builds are removed first. Needs the lock."""
    remove_leftovers(workspace)
    number = (workspace.current() or 0) + 1
    path = workspace.builds / f"{number:06d}.building"
    build = BuildFolder(number, path)
    build.scratch.mkdir(parents=True)
    return build


def publish(workspace: Workspace, build: BuildFolder, manifest: Manifest) -> None:
    """Swap a complete build in: on disk first, then one rename decides. The build before it stays for its readers.

    Raises BuildError when the warehouse file is still open somewhere.
    """
    before = workspace.current()
    warehouse.settle(build.warehouse)
    shutil.rmtree(build.scratch)
    (build.path / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    sync_tree(build.path)
    build.path.rename(workspace.build_folder(build.number))
    sync_folder(workspace.builds)
    if not (workspace.root / PEOPLE_KEY).exists():
        replace_text(workspace.root / PEOPLE_KEY, f"{secrets.token_hex(32)}\n")
    replace_text(workspace.root / CURRENT, f"{build.number:06d}\n")
    for name in workspace.build_names():
        if int(name) not in (before, build.number):
            shutil.rmtree(workspace.builds / name, ignore_errors=True)  # what stays goes after the next build


def published_folder(workspace: Workspace) -> Path | None:
    """Return the folder of the published build, None when there is none to read. Needs the lock."""
    number = workspace.current()
    folder = None if number is None else workspace.build_folder(number)
    return folder if folder and (folder / WAREHOUSE).is_file() else None


@contextmanager
def open_published(path: Path) -> Iterator[Published]:
    """Open the published build of the workspace at `path` for reading.

    A build that is published meanwhile changes nothing for this reader. Raises UsageError when `path` is no workspace
    or holds no published build.
    """
    workspace = workspace_for_reading(path)
    with ExitStack() as stack:
        try:
            published = stack.enter_context(_open_current(workspace))
        except (FileNotFoundError, duckdb.IOException):  # newer builds were published between two lines: look again
            published = stack.enter_context(_open_current(workspace))
        yield published


@contextmanager
def _open_current(workspace: Workspace) -> Iterator[Published]:
    number = workspace.current()
    if number is None:
        raise UsageError(f"The workspace {workspace.root} has no published build yet. Run `retrace build` first.")
    folder = workspace.build_folder(number)
    manifest = read_manifest(folder)
    with warehouse.reading(folder / WAREHOUSE) as con:
        yield Published(workspace, manifest, folder, con)


def read_manifest(folder: Path) -> Manifest:
    """Read what the build in `folder` was made of.

    Raises FileNotFoundError when the build is gone, UsageError when the file is not a manifest of this version.
    """
    path = folder / MANIFEST
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise UsageError(f"{path} cannot be read ({error}). Build the workspace again with this version.") from error
