"""The folder that a mining run writes: made beside, swapped in when complete, and only ever put over one of its own."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.workspace import enclosing_workspace

SUMMARY = "summary.json"
WRITTEN_BY = "retrace mine"


@contextmanager
def result_folder(out: Path) -> Iterator[Path]:
    """Yield an empty folder to write into; when the block succeeds it becomes `out`.

    After a failure `out` is what it was. Raises UsageError when `out` is a file, lies in a workspace, or holds anything
    that a mining run did not write.
    """
    target = out.resolve()
    _refuse_foreign(out, target)
    above = next(parent for parent in target.parents if parent.is_dir())
    try:
        beside = Path(tempfile.mkdtemp(prefix=".retrace-mine-", dir=above))
    except OSError as error:
        raise UsageError(f"Cannot write to {above}: {error.strerror}. Name another --out.") from error
    try:
        fresh = beside / "new"
        fresh.mkdir()
        yield fresh
        _refuse_foreign(out, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _swap(fresh, target, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(fresh: Path, target: Path, old: Path) -> None:
    """Put the new folder where the old one is, and the old one back when that fails."""
    existed = target.exists()
    if existed:
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if existed:
            old.rename(target)
        raise


def _refuse_foreign(out: Path, target: Path) -> None:
    if enclosing_workspace(target):
        raise UsageError(f"--out {out} lies in a Retrace workspace, which only builds write. Name a folder elsewhere.")
    if target.exists() and not target.is_dir():
        raise UsageError(f"--out {out} is a file; expected a folder. Name another.")
    if not target.exists():
        return
    foreign = sorted({entry.name for entry in target.iterdir()} - _own_files(target))
    if foreign:
        raise UsageError(
            f"--out {out} holds {', '.join(foreign[:3])}{' and more' if len(foreign) > 3 else ''}, which "
            f"`{WRITTEN_BY}` did not write. Name an empty or a new folder."
        )


def _own_files(folder: Path) -> set[str]:
    """The files that a mining run says it wrote there."""
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        return set(summary["files"]) if summary["written_by"] == WRITTEN_BY else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
