"""Machine output: a file written in one step, or standard output."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.workspace import enclosing_workspace


@contextmanager
def machine_output(output: Path | None, binary: bool = False, option: str = "--output") -> Iterator[Path]:
    """Yield an empty file to write to; when the block succeeds its content becomes `output`, or goes to stdout.

    `output` is replaced in one step: after a failure it is what it was. A pipe or device is written to, not replaced.
    Raises UsageError when `output` is a folder, lies in no folder or in a workspace, or when `binary` content would go
    to a terminal; it names `option`.
    """
    if output is None and binary and sys.stdout.isatty():
        raise UsageError("This format is binary; name a file with --output FILE.")
    target = None if output is None else _checked(output, option)
    is_plain_file = target is not None and (target.is_file() or not target.exists())
    folder = target.parent if target is not None and is_plain_file else None
    try:
        descriptor, name = tempfile.mkstemp(prefix=".retrace-", dir=folder)
    except OSError as error:
        raise UsageError(f"Cannot write to {folder}: {error.strerror}. Name another {option}.") from error
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        if target is not None and is_plain_file:
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
        else:
            _copy(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(text: str, output: Path | None) -> None:
    """Write `text` (UTF-8) to `output` in one step, or to standard output."""
    with machine_output(output) as path:
        path.write_text(text, encoding="utf-8", newline="")


def _checked(output: Path, option: str) -> Path:
    """Follow links, and refuse what must not be overwritten."""
    target = output.resolve()
    if target.is_dir():
        raise UsageError(f"{option} {output} is a folder; expected a file. Add a file name.")
    if not target.parent.is_dir():
        raise UsageError(f"{option} {output}: there is no folder {target.parent}. Make it first.")
    if enclosing_workspace(target.parent):
        raise UsageError(
            f"{option} {output} lies in a Retrace workspace, which only builds write. Name a file elsewhere."
        )
    return target


def _copy(source: Path, target: Path | None) -> None:
    with source.open("rb") as content:
        if target is None:
            sys.stdout.flush()
            shutil.copyfileobj(content, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with target.open("wb") as device:
                shutil.copyfileobj(content, device)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
