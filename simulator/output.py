"""The output folder: written aside, put in place when complete, and never at the cost of somebody else's files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError
from simulator.truth import written_files


def check_output(out: Path) -> None:
    """Raise UsageError when ``out`` is a file, or a folder with files that no simulation wrote."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file; expected a folder to write extracts into. Choose another folder.")
    present = files_below(out)
    foreign = sorted(present - (written_files(out) or set()))
    if foreign:
        raise UsageError(
            f"{out} holds files that no simulation wrote, such as {foreign[0]}; expected a new or empty folder, or one"
            " made by `retrace simulate`. Choose another folder or empty this one."
        )


def files_below(folder: Path) -> set[str]:
    """Return the files in a folder, relative and with forward slashes."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


@contextmanager
def written_aside(out: Path) -> Iterator[Path]:
    """Give a folder beside ``out`` to write into; when all went well it takes the place of ``out``."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield aside
        check_output(out)
        if out.exists():
            shutil.rmtree(out)
        aside.chmod(0o755)
        aside.rename(out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
