"""Where frozen baselines lie: a folder each in the workspace, written in one step, sealed, and never written again.

<workspace>/baselines/NAME/record.json   what was frozen, with the SHA-256 of each Parquet file
<workspace>/baselines/NAME/*.parquet     items, events and rows
<workspace>/baselines/NAME/seal          the SHA-256 of record.json, in hex: the seal of all of it
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.durable import sync_folder, sync_tree
from pipeline.errors import UsageError
from pipeline.fingerprint import file_hash
from pipeline.workspace import Workspace
from proof.baseline.record import Baseline

RECORD, SEAL = "record.json", "seal"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Stored:
    """A baseline as it lies in its folder; `changed` says in words what is not as it was frozen."""

    folder: Path
    baseline: Baseline | None
    seal: str
    changed: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name it was frozen under."""
        return self.folder.name


def checked_name(name: str) -> str:
    """Return a name that a baseline may have. Raises UsageError for any other."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name for a baseline; expected 1 to 64 letters, digits, dots, hyphens and underscores, "
            "a letter or digit first, e.g. before-portal."
        )
    return name


def refuse_frozen(workspace: Workspace, name: str) -> None:
    """Raise UsageError when a baseline of that name is there: what is frozen stays what it is."""
    if (workspace.baselines / name).exists():
        raise UsageError(f"The baseline {name} is frozen already and is never overwritten. Choose another name.")


@contextmanager
def new_folder(workspace: Workspace, name: str) -> Iterator[Path]:
    """Yield a folder aside; when the block succeeds it becomes the baseline in one step, else it is taken away.

    Raises UsageError when another baseline of that name came first, or when nothing can be written here.
    """
    try:
        workspace.baselines.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=workspace.baselines))
    except OSError as error:
        raise _cannot_be_kept(name, error) from error
    try:
        yield aside
        for path in aside.iterdir():
            path.chmod(_READ_ONLY)
        aside.chmod(0o755)
        sync_tree(aside)
        refuse_frozen(workspace, name)
        try:
            aside.rename(workspace.baselines / name)
        except OSError as error:  # another freeze of that name was quicker
            refuse_frozen(workspace, name)
            raise _cannot_be_kept(name, error) from error
        sync_folder(workspace.baselines)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _cannot_be_kept(name: str, error: OSError) -> UsageError:
    return UsageError(f"The baseline {name} cannot be kept: {error}. Check the disk and the rights.")


def write_record(folder: Path, baseline: Baseline) -> str:
    """Write the record and its seal into the folder of a baseline in the making; return the seal."""
    (folder / RECORD).write_text(baseline.to_json(), encoding="utf-8", newline="")
    seal = file_hash(RECORD, folder / RECORD).sha256
    (folder / SEAL).write_text(f"{seal}\n", encoding="ascii")
    return seal


def baseline_names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of the frozen baselines, sorted."""
    if not workspace.baselines.is_dir():
        return ()
    return tuple(sorted(path.name for path in workspace.baselines.iterdir() if _NAME.fullmatch(path.name)))


def open_baseline(workspace: Workspace, name: str) -> Stored:
    """Read a baseline and hold every file against its seal; what was changed is said, not raised.

    Raises UsageError when there is none of that name.
    """
    folder = workspace.baselines / checked_name(name)
    if not folder.is_dir():
        known = ", ".join(baseline_names(workspace)) or "none yet"
        raise UsageError(f"There is no baseline {name} in this workspace; found {known}. Freeze it first.")
    if not (folder / RECORD).is_file():
        return Stored(folder, None, "", (f"{RECORD} is missing",))
    seal = file_hash(RECORD, folder / RECORD).sha256
    changed = [] if _noted(folder) == seal else [f"{RECORD} or {SEAL} was changed: the seal is not that of the record"]
    try:
        baseline = Baseline.from_json((folder / RECORD).read_text(encoding="utf-8"))
    except (ValueError, TypeError, KeyError, AttributeError, UsageError) as error:
        return Stored(folder, None, seal, (*changed, f"{RECORD} cannot be read ({error})"))
    if baseline.name != name:
        changed.append(f"the folder was renamed: the record is that of {baseline.name}")
    return Stored(folder, baseline, seal, (*changed, *_changed_files(folder, baseline)))


def stored_baselines(workspace: Workspace) -> tuple[Stored, ...]:
    """Return every frozen baseline, by name."""
    return tuple(open_baseline(workspace, name) for name in baseline_names(workspace))


def _noted(folder: Path) -> str:
    try:
        return (folder / SEAL).read_text(encoding="ascii", errors="replace").removesuffix("\n")
    except FileNotFoundError:
        return ""


def _changed_files(folder: Path, baseline: Baseline) -> list[str]:
    changed = []
    for kept in baseline.kept:
        if not (folder / kept.name).is_file():
            changed.append(f"{kept.name} is missing")
        elif file_hash(kept.name, folder / kept.name).sha256 != kept.sha256:
            changed.append(f"{kept.name} was changed")
    known = {RECORD, SEAL, *(kept.name for kept in baseline.kept)}
    changed += [f"{path.name} was added" for path in sorted(folder.iterdir()) if path.name not in known]
    return changed
