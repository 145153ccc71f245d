"""Publishing: one rename decides, readers keep what they opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import BuildError, UsageError
from pipeline.publish import Manifest, new_build_folder, open_published, publish
from pipeline.workspace import Workspace
from pipeline.workspace_lock import locked

MANIFEST = Manifest(
    build=0,
    product_version="1",
    contract_version=1,
    target="duckdb",
    as_of_at=None,
    extracts="landing",
    extracts_sha256="0",
    rows_read=0,
    cases=0,
    events=0,
)


def publish_value(workspace: Workspace, value: int) -> int:
    """Publish a warehouse that holds one value; return the build's number."""
    with locked(workspace, lambda holder: None):
        build = new_build_folder(workspace)
        with warehouse.writing(build.warehouse) as con:
            con.execute("create table t as select ? as value", [value])
        publish(workspace, build, replace(MANIFEST, build=build.number))
        return build.number


def publish_damaged(workspace: Workspace) -> None:
    """Try to publish what the engine cannot open."""
    with locked(workspace, lambda holder: None):
        build = new_build_folder(workspace)
        build.warehouse.write_bytes(b"not a database")
        publish(workspace, build, MANIFEST)


def value_of(con: duckdb.DuckDBPyConnection) -> int:
    [(value,)] = con.execute("select value from t").fetchall()
    return int(value)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_readers_see_the_last_published_build(workspace: Workspace) -> None:
    assert [publish_value(workspace, value) for value in (10, 20)] == [1, 2]
    with open_published(workspace.root) as published:
        assert value_of(published.connection) == 20
        assert published.manifest.build == 2


def test_a_published_build_is_one_file_its_manifest_and_nothing_else(workspace: Workspace) -> None:
    publish_value(workspace, 1)
    assert {path.name for path in workspace.build_folder(1).iterdir()} == {"warehouse.duckdb", "manifest.json"}


def test_the_build_before_stays_and_older_ones_go(workspace: Workspace) -> None:
    for value in range(4):
        publish_value(workspace, value)
    assert workspace.build_names() == ["000003", "000004"]


def test_an_open_reader_outlives_any_number_of_builds(workspace: Workspace) -> None:
    publish_value(workspace, 1)
    with open_published(workspace.root) as published:
        for value in range(2, 6):
            publish_value(workspace, value)
        assert value_of(published.connection) == 1


def test_a_crash_before_the_last_step_changes_nothing_and_is_cleaned_up(workspace: Workspace) -> None:
    publish_value(workspace, 1)
    complete = workspace.build_folder(2)
    complete.mkdir()
    (complete / "warehouse.duckdb").write_bytes(b"complete but never published")
    with open_published(workspace.root) as published:
        assert value_of(published.connection) == 1
    assert publish_value(workspace, 2) == 2
    with open_published(workspace.root) as published:
        assert value_of(published.connection) == 2


def test_a_warehouse_that_cannot_be_opened_is_not_published(workspace: Workspace) -> None:
    publish_value(workspace, 1)
    with pytest.raises(BuildError, match="cannot be closed"):
        publish_damaged(workspace)
    assert workspace.current() == 1
    assert workspace.build_names() == ["000001"]


def test_a_reader_overtaken_by_two_builds_looks_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (1, 2, 3):
        publish_value(workspace, value)
    answers = [1, 3]
    monkeypatch.setattr(Workspace, "current", lambda self: answers.pop(0))
    with open_published(workspace.root) as published:
        assert value_of(published.connection) == 3


def test_a_workspace_without_a_build_says_so(workspace: Workspace) -> None:
    workspace.root.mkdir()
    (workspace.root / "retrace-workspace.json").write_text("{}")
    with pytest.raises(UsageError, match="Run `retrace build` first"), open_published(workspace.root):
        pass


def test_a_manifest_of_another_version_is_told(workspace: Workspace) -> None:
    publish_value(workspace, 1)
    (workspace.build_folder(1) / "manifest.json").write_text('{"build": 1}')
    with pytest.raises(UsageError, match="cannot be read"), open_published(workspace.root):
        pass


def test_readers_cannot_write(workspace: Workspace) -> None:
    publish_value(workspace, 1)
    with open_published(workspace.root) as published, pytest.raises(duckdb.Error, match="read-only"):
        published.connection.execute("create table x (i integer)")
