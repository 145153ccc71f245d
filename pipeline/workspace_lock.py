"""Who may write to a workspace: one build at a time, which leaves nothing behind when it fails."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.durable import replace_text
from pipeline.workspace import CURRENT, LOCK, MARKER, PEOPLE_KEY, Workspace

_FORMAT = 1


@contextmanager
def locked(workspace: Workspace, waiting: Callable[[int | None], None]) -> Iterator[None]:
    """Hold the workspace's lock: one build at a time; the system frees it when the process dies, however it dies.

    `waiting` is called once, with the holder's process id, when another build holds the lock. The folder and its
    marker are made when missing. When the block fails, everything unpublished in the workspace is removed, and the
    workspace itself when nothing was ever published in it.
    """
    existed = workspace.root.exists()
    handle = _acquire(workspace, waiting)
    try:
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        if not workspace.is_workspace():
            replace_text(workspace.root / MARKER, json.dumps({"product": "retrace", "format": _FORMAT}) + "\n")
        try:
            yield
        except BaseException:
            remove_leftovers(workspace)
            _forget_if_unpublished(workspace, existed)
            raise
    finally:
        handle.close()


def _acquire(workspace: Workspace, waiting: Callable[[int | None], None]) -> IO[str]:
    """Open the lock file and wait for its lock; start over when the file was taken away while waiting."""
    told = False
    while True:
        workspace.root.mkdir(parents=True, exist_ok=True)
        try:
            handle = (workspace.root / LOCK).open("a+", encoding="ascii")
        except FileNotFoundError:  # the folder was taken away between the two lines
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not told:
                waiting(workspace.holder())
                told = True
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_still(workspace.root / LOCK, handle):
            handle.truncate(0)
            return handle
        handle.close()


def _is_still(path: Path, handle: IO[str]) -> bool:
    """Whether `path` still names the open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle.fileno()))
    except FileNotFoundError:
        return False


def _forget_if_unpublished(workspace: Workspace, existed: bool) -> None:
    """Take away a workspace in which nothing was ever published, so that a failed first build leaves no trace."""
    if (workspace.root / CURRENT).exists():
        return
    if workspace.builds.is_dir() and not any(workspace.builds.iterdir()):
        workspace.builds.rmdir()
    for name in (MARKER, PEOPLE_KEY, LOCK):
        (workspace.root / name).unlink(missing_ok=True)
    if not existed and not any(workspace.root.iterdir()):
        workspace.root.rmdir()


def remove_leftovers(workspace: Workspace) -> None:
    """Delete what builds that died left behind: unfinished folders, and finished ones that were never published.

    Only the holder of the lock may call this.
    """
    published = workspace.current() or 0
    for name in workspace.build_names():
        if not name.isdigit() or int(name) > published:
            shutil.rmtree(workspace.builds / name)
