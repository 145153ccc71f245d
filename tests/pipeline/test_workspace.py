"""The workspace folder: what may become one, who may write, what a crash leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.workspace import (
    Workspace,
    enclosing_workspace,
    workspace_for_build,
    workspace_for_reading,
)
from pipeline.workspace_lock import locked, remove_leftovers
from tests.pipeline.tree import tree_of

HOLDER = """
import sys, time
from pathlib import Path
from pipeline.workspace import Workspace
from pipeline.workspace_lock import locked
with locked(Workspace(Path(sys.argv[1])), lambda holder: None):
    print("held", flush=True)
    time.sleep(600)
"""


def never(holder: int | None) -> None:
    raise AssertionError("nobody else holds the lock")


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    folder = tmp_path / "landing"
    folder.mkdir()
    return folder


def fail_in(workspace: Workspace) -> None:
    """Begin a build that fails."""
    with locked(workspace, never):
        (workspace.builds / "000001.building").mkdir(parents=True)
        raise RuntimeError


def published(root: Path, *numbers: int) -> Workspace:
    """A workspace whose last number is published, made by hand."""
    root.mkdir()
    (root / "retrace-workspace.json").write_text("{}")
    for number in numbers:
        (root / "builds" / f"{number:06d}").mkdir(parents=True)
    (root / "current").write_text(f"{numbers[-1]:06d}\n")
    return Workspace(root)


def test_a_folder_of_somebody_else_is_refused_and_untouched(tmp_path: Path, landing: Path) -> None:
    foreign = tmp_path / "photos"
    foreign.mkdir()
    (foreign / "holiday.jpg").write_text("precious")
    before = tree_of(foreign)
    with pytest.raises(UsageError, match="no Retrace workspace"):
        workspace_for_build(foreign, landing)
    assert tree_of(foreign) == before


def test_a_file_is_refused(tmp_path: Path, landing: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="is a file"):
        workspace_for_build(tmp_path / "file", landing)


@pytest.mark.parametrize("place", [".", "workspace", "erp/workspace", ".."])
def test_workspace_and_extracts_never_lie_in_one_another(landing: Path, place: str) -> None:
    with pytest.raises(UsageError, match="lie in one another"):
        workspace_for_build(landing / place, landing)


def test_a_link_into_the_extracts_is_seen_through(tmp_path: Path, landing: Path) -> None:
    (tmp_path / "innocent").symlink_to(landing)
    with pytest.raises(UsageError, match="lie in one another"):
        workspace_for_build(tmp_path / "innocent" / "workspace", landing)


@pytest.mark.parametrize(
    "name", ["with space", "ünïcødé 返品", "-dash", "it's", "x; drop table t", "a%20b", "new\nline", "a/b/c"]
)
def test_odd_names_and_missing_parents_are_fine(tmp_path: Path, landing: Path, name: str) -> None:
    workspace = workspace_for_build(tmp_path / "missing" / name, landing)
    with locked(workspace, never):
        assert workspace.is_workspace()


def test_a_failed_first_build_leaves_no_trace(tmp_path: Path, landing: Path) -> None:
    workspace = workspace_for_build(tmp_path / "new", landing)
    with pytest.raises(RuntimeError):
        fail_in(workspace)
    assert not workspace.root.exists()


def test_an_empty_folder_of_the_user_stays_after_a_failed_first_build(tmp_path: Path, landing: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(RuntimeError):
        fail_in(workspace_for_build(tmp_path / "mine", landing))
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_folder_with_only_a_dead_lock_becomes_a_workspace(tmp_path: Path, landing: Path) -> None:
    (tmp_path / "died").mkdir()
    (tmp_path / "died" / ".lock").write_text("123\n")
    with locked(workspace_for_build(tmp_path / "died", landing), never):
        assert (tmp_path / "died" / "retrace-workspace.json").is_file()


def test_a_second_builder_waits_and_gets_the_lock_when_the_first_is_killed(tmp_path: Path) -> None:
    root = tmp_path / "shared"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(root)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    workspace, told = Workspace(root), []
    assert workspace.is_locked()

    def kill(process: int | None) -> None:
        told.append(process)
        os.kill(holder.pid, signal.SIGKILL)

    with locked(workspace, kill):
        assert told == [holder.pid]
        assert workspace.holder() == os.getpid()
    assert holder.wait() == -signal.SIGKILL
    holder.stdout.close()


def test_a_builder_that_waited_for_a_vanished_workspace_makes_it_anew(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "new")
    child = """
import sys, time
from pathlib import Path
from pipeline.workspace import Workspace
from pipeline.workspace_lock import locked
try:
    with locked(Workspace(Path(sys.argv[1])), lambda holder: None):
        print("held", flush=True)
        sys.stdin.readline()
        raise RuntimeError
except RuntimeError:
    pass
"""
    first = subprocess.Popen(
        [sys.executable, "-c", child, str(workspace.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdin is not None
    assert first.stdout.readline() == "held\n"

    def let_fail(process: int | None) -> None:
        assert first.stdin is not None
        first.stdin.write("\n")
        first.stdin.flush()

    with locked(workspace, let_fail):
        assert workspace.is_workspace()
        assert workspace.is_locked()
    assert first.wait() == 0
    first.stdin.close()
    first.stdout.close()


def test_leftovers_are_unfinished_and_unpublished_builds_only(tmp_path: Path) -> None:
    workspace = published(tmp_path / "w", 3, 4)
    for name in ("000005", "000005.building", "notes", "7"):
        (workspace.builds / name).mkdir()
    remove_leftovers(workspace)
    assert {path.name for path in workspace.builds.iterdir()} == {"000003", "000004", "notes", "7"}


def test_a_link_among_the_builds_is_never_followed_nor_deleted(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("x")
    workspace = published(tmp_path / "w", 1)
    (workspace.builds / "000009").symlink_to(precious)
    remove_leftovers(workspace)
    assert (precious / "file").is_file()


@pytest.mark.parametrize("content", ["../../etc", "1", "", "000001; x", "000001/../.."])
def test_a_damaged_current_file_is_told_not_followed(tmp_path: Path, content: str) -> None:
    workspace = published(tmp_path / "w", 1)
    (workspace.root / "current").write_text(content)
    with pytest.raises(UsageError, match="expected the six digits"):
        workspace.current()


def test_reading_needs_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no Retrace workspace"):
        workspace_for_reading(tmp_path)


def test_a_path_knows_the_workspace_around_it(tmp_path: Path) -> None:
    workspace = published(tmp_path / "w", 1)
    assert enclosing_workspace(workspace.builds / "000001") == workspace.root
    assert enclosing_workspace(tmp_path) is None
