"""The parsed project is kept between builds, and each checkout keeps its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline import transform

PROFILE = """
small:
  target: duckdb
  outputs:
    duckdb: {type: duckdb, path: "{{ env_var('RETRACE_WAREHOUSE') }}"}
"""
FILES = {
    "dbt_project.yml": "name: small\nversion: 1.0.0\nconfig-version: 2\nprofile: small\n",
    "profiles.yml": PROFILE,
    "seeds/sites.csv": "site_id\nW1\n",
    "models/sites_again.sql": "select * from {{ ref('sites') }}",
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def checkout(folder: Path) -> Path:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def sites_built(project: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str]]:
    """Build the checkout `project` in `folder`, which is there for this build only."""
    monkeypatch.setattr(transform, "PROJECT", project)
    (folder / "scratch").mkdir(parents=True)
    transform.transform(folder / "warehouse.duckdb", folder / "scratch", "duckdb", lambda line: None)
    with duckdb.connect(folder / "warehouse.duckdb", read_only=True) as con:
        return con.execute("select * from sites_again").fetchall()


def parsed(cache: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}


def test_two_checkouts_never_share_one_parsed_project(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = checkout(tmp_path / "first"), checkout(tmp_path / "second")
    assert sites_built(first, tmp_path / "build 1", monkeypatch) == [("W1",)]
    before = parsed(cache)
    shutil.rmtree(first)  # a parse names the files it was made of: nobody else could build with this one
    assert sites_built(second, tmp_path / "build 2", monkeypatch) == [("W1",)]
    after = parsed(cache)
    assert [path.name for path in after] == ["partial_parse.msgpack"] * 2
    assert before.items() < after.items()


def test_what_changed_since_the_last_build_is_built(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = checkout(tmp_path / "project")
    assert sites_built(project, tmp_path / "build 1", monkeypatch) == [("W1",)]
    (project / "seeds" / "sites.csv").write_text("site_id\nW2\n")
    (project / "models" / "sites_again.sql").write_text("select site_id || '!' from {{ ref('sites') }}")
    assert sites_built(project, tmp_path / "build 2", monkeypatch) == [("W2!",)]
    assert len(parsed(cache)) == 1
