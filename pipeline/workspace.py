"""The workspace of a distributor: published builds, the one in the making, and who may write.

<workspace>/retrace-workspace.json   what makes the folder a workspace
<workspace>/people.key               what the names of persons in exports and on pages are made with
<workspace>/current                  the number of the published build, replaced atomically
<workspace>/builds/000001/           warehouse.duckdb, data_docs/, manifest.json
<workspace>/builds/000002.building/  a build in the making, nobody reads it
<workspace>/views/                   views that readers of the pages saved; no build touches them
<workspace>/baselines/NAME/          a frozen baseline; no build touches it
<workspace>/.lock                    held (flock) by the process that builds
"""

from __future__ import annotations

import fcntl
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

MARKER = "retrace-workspace.json"
CURRENT = "current"
BUILDS = "builds"
VIEWS = "views"
BASELINES = "baselines"
LOCK = ".lock"
WAREHOUSE = "warehouse.duckdb"
MANIFEST = "manifest.json"
PEOPLE_KEY = "people.key"
DATA_DOCS = "data_docs"

_NUMBER = re.compile(r"\d{6}")
_UNFINISHED = re.compile(r"\d{6}\.building")
_OWN_NAMES = frozenset({LOCK, f"{MARKER}.new"})


@dataclass(frozen=True)
class Workspace:
    """A workspace folder (resolved path); whether it exists is the caller's question."""

    root: Path

    @property
    def builds(self) -> Path:
        """The folder of all builds."""
        return self.root / BUILDS

    @property
    def views(self) -> Path:
        """The folder of the views that readers saved; there is none before the first."""
        return self.root / VIEWS

    @property
    def baselines(self) -> Path:
        """The folder of the frozen baselines; there is none before the first."""
        return self.root / BASELINES

    def build_folder(self, number: int) -> Path:
        """The folder of one published build."""
        return self.builds / f"{number:06d}"

    def is_workspace(self) -> bool:
        """Whether the folder carries the marker of a Retrace workspace."""
        return (self.root / MARKER).is_file()

    def current(self) -> int | None:
        """Return the number of the published build, None when there is none yet.

        Raises UsageError when `current` does not hold a build number.
        """
        path = self.root / CURRENT
        try:
            text = path.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        if not _NUMBER.fullmatch(text):
            raise UsageError(
                f"{path} holds {text[:40]!r}; expected the six digits of a folder in {BUILDS}/. "
                "Correct it, or name a new workspace."
            )
        return int(text)

    def people_key(self) -> str:
        """Return what the names that stand for persons are made with; the same in every build.

        Raises UsageError when the workspace has none, which is one that an older version published.
        """
        path = self.root / PEOPLE_KEY
        try:
            key = path.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            key = ""
        if not key:
            raise UsageError(
                f"{path} is missing or empty; expected the key of the names that stand for persons. "
                "Run `retrace build` again, which makes one."
            )
        return key

    def build_names(self) -> list[str]:
        """Names of the folders of complete and unfinished builds, sorted; links and foreign names are not listed."""
        if not self.builds.is_dir():
            return []
        return sorted(
            entry.name
            for entry in self.builds.iterdir()
            if (_NUMBER.fullmatch(entry.name) or _UNFINISHED.fullmatch(entry.name)) and not entry.is_symlink()
        )

    def holder(self) -> int | None:
        """Return the process id that the lock file names (it may have ended), None when it names none."""
        try:
            text = (self.root / LOCK).read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        return int(text) if text.isdigit() else None

    def is_locked(self) -> bool:
        """Whether a process is building this workspace at this moment."""
        try:
            with (self.root / LOCK).open("rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False


def workspace_for_build(path: Path, extracts: Path) -> Workspace:
    """Return the workspace at `path` for a build of `extracts`, nothing created yet.

    Raises UsageError when `path` is a file, is a folder with something else in it, or lies in the extracts (or they in
    it): a build must never write into the landing folder nor delete from it.
    """
    root, landing = path.resolve(), extracts.resolve()
    if root == landing or landing in root.parents or root in landing.parents:
        raise UsageError(f"The workspace {root} and the extracts {landing} lie in one another. Name a folder apart.")
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file; a workspace is a folder. Name another one.")
    workspace = Workspace(root)
    if root.is_dir() and not workspace.is_workspace() and {entry.name for entry in root.iterdir()} - _OWN_NAMES:
        raise UsageError(
            f"{root} is not empty and is no Retrace workspace (no {MARKER}). Nothing was touched; name a new folder."
        )
    return workspace


def enclosing_workspace(path: Path) -> Path | None:
    """Return the workspace that the resolved `path` is or lies in, None when there is none."""
    return next((folder for folder in (path, *path.parents) if (folder / MARKER).is_file()), None)


def workspace_for_reading(path: Path) -> Workspace:
    """Return the existing workspace at `path`.

    Raises UsageError when there is none.
    """
    workspace = Workspace(path.resolve())
    if not workspace.is_workspace():
        raise UsageError(f"{path} is no Retrace workspace (no {MARKER} in it). Make one with `retrace build`.")
    return workspace
