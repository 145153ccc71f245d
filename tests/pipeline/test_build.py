"""Whole builds: all or nothing, whatever kills them, and the same extracts give the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

import pipeline.build
from pipeline.build import BuildRequest, build
from pipeline.cli import run
from pipeline.errors import BuildError, RetraceError, UsageError
from pipeline.export.catalog import TABLES
from pipeline.export.tabular import write_csv
from pipeline.instants import parse_instant
from pipeline.progress import PlainProgress
from pipeline.publish import open_published
from pipeline.workspace import Workspace
from tests.pipeline.tree import tree_of

RETRACE = "from pipeline.cli import main; main()"
UNTRANSFORMED = f"import pipeline.build as build; build.transform = lambda *arguments: (); {RETRACE}"


def start_build(extracts: Path, workspace: Path, program: str = RETRACE) -> subprocess.Popen[str]:
    arguments = ["build", "--full-refresh", "--extracts", str(extracts), "--workspace", str(workspace)]
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stderr=subprocess.PIPE, text=True)


def kill_at(extracts: Path, workspace: Path, stage: str) -> None:
    """Start a build in a process of its own and kill it when it says that `stage` begins, which takes no marts."""
    process = start_build(extracts, workspace, UNTRANSFORMED if stage == "Validating" else RETRACE)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(stage):
            os.kill(process.pid, signal.SIGKILL)
            break
    process.stderr.close()
    assert process.wait() == -signal.SIGKILL


def exported(workspace: Path, folder: Path) -> dict[str, bytes]:
    """Every table of the published build as CSV."""
    folder.mkdir()
    with open_published(workspace) as published:
        for name, table in TABLES.items():
            if "csv" in table.formats:
                write_csv(published.connection, table, folder / name)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_kill_at_any_stage_leaves_the_published_build_and_the_next_one_is_the_same(
    extracts: Path, workspace_copy: Path, tmp_path: Path
) -> None:
    before = exported(workspace_copy, tmp_path / "before")
    for stage in ("Loading", "Transforming", "Validating"):
        kill_at(extracts, workspace_copy, stage)
        with open_published(workspace_copy) as published:
            assert published.manifest.build == 1
    assert Workspace(workspace_copy).build_names() == ["000001", "000002.building"]
    assert exported(workspace_copy, tmp_path / "killed") == before

    process = start_build(extracts, workspace_copy)
    seen = set()
    while process.poll() is None:
        with open_published(workspace_copy) as published:
            published.connection.execute("select count(*) from event_log.events").fetchall()
            seen.add(published.manifest.build)
        time.sleep(0.2)
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    assert process.returncode == 0, said
    assert "leaked" not in said  # libraries clean up after themselves
    assert seen <= {1, 2}
    assert Workspace(workspace_copy).build_names() == ["000001", "000002"]
    assert exported(workspace_copy, tmp_path / "after") == before


def test_the_manifest_says_what_was_built(built_workspace: Path, extracts: Path) -> None:
    with open_published(built_workspace) as published:
        manifest = published.manifest
        [(events,)] = published.connection.execute("select count(*) from event_log.events").fetchall()
        [(as_of,)] = published.connection.execute("select as_of_at from returns.as_of").fetchall()
    assert (manifest.build, manifest.contract_version, manifest.target) == (1, 1, "duckdb")
    assert manifest.events == events > 0
    assert manifest.as_of_at == as_of.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert len(manifest.extracts_sha256) == 64


def test_a_published_build_holds_no_write_ahead_log_and_no_scratch(built_workspace: Path) -> None:
    names = {path.name for path in (built_workspace / "builds" / "000001").iterdir()}
    assert names == {"warehouse.duckdb", "manifest.json", "data_docs"}


@pytest.mark.parametrize(
    ("stage", "error"), [("transform", BuildError("a model failed")), ("store_model", OSError(28, "No space left"))]
)
def test_a_failed_stage_leaves_the_workspace_as_it_was(
    extracts: Path, workspace_copy: Path, monkeypatch: pytest.MonkeyPatch, stage: str, error: Exception
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    for name in ("transform", "validate_build", "store_model"):
        monkeypatch.setattr(pipeline.build, name, fail if name == stage else lambda *arguments: ())
    before = tree_of(workspace_copy)
    with pytest.raises(BuildError):
        build(BuildRequest(extracts, workspace_copy, full_refresh=True), PlainProgress())
    assert tree_of(workspace_copy) == before


def test_extracts_that_break_the_contract_are_refused_and_change_nothing(
    extracts: Path, workspace_copy: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(extracts, broken)
    for path in (broken / "erp").glob("returns*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    before = tree_of(workspace_copy)
    with pytest.raises(UsageError, match="erp/returns"):
        build(BuildRequest(broken, workspace_copy), PlainProgress())
    assert tree_of(workspace_copy) == before
    assert run(["build", "--extracts", str(broken), "--workspace", str(tmp_path / "new")]) == 2
    assert not (tmp_path / "new").exists()


def test_a_second_build_says_that_it_waits(extracts: Path, workspace_copy: Path) -> None:
    first = start_build(extracts, workspace_copy)
    assert first.stderr is not None
    assert first.stderr.readline().startswith("Loading")
    second = start_build(extracts, workspace_copy)
    assert second.stderr is not None
    line = second.stderr.readline()
    for process in (first, second):
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()
    assert "Another build" in line
    assert f"process {first.pid}" in line


@pytest.mark.parametrize(
    "request_",
    [
        BuildRequest(Path("nowhere"), Path("w")),
        BuildRequest(Path(__file__), Path("w")),
        BuildRequest(Path(), Path("/nonexistent-retrace"), target="oracle"),
        BuildRequest(Path(), Path("/nonexistent-retrace"), target="spark"),
    ],
)
def test_wrong_requests_are_refused(request_: BuildRequest) -> None:
    with pytest.raises(RetraceError) as refused:
        build(request_, PlainProgress())
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-06-30", datetime(2025, 6, 30)),
        ("2025-06-30T18:00", datetime(2025, 6, 30, 18)),
        ("2025-06-30 18:00:01.25", datetime(2025, 6, 30, 18, 0, 1, 250000)),
        ("2025-06-30T18:00:00Z", datetime(2025, 6, 30, 18)),
        ("2025-06-30T18:00:00+02:00", datetime(2025, 6, 30, 16)),
        ("2025-06-30T18:00:00-0430", datetime(2025, 6, 30, 22, 30)),
        ("2025-06-30T18:00:00+02", datetime(2025, 6, 30, 16)),
    ],
)
def test_as_of_is_read_as_the_contract_reads_instants(text: str, instant: datetime) -> None:
    assert parse_instant(text, "--as-of") == instant


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-02-30", "2025-06", "20250630", "2025-06-30T25:00", "0001-01-01T00:00+14:00"]
)
def test_an_as_of_that_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--as-of"):
        parse_instant(text, "--as-of")
