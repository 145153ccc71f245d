"""Exports and mined files tell nobody's id, name or address, unless they are asked to."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from pipeline.cli import run
from pipeline.errors import UsageError
from pipeline.export.catalog import TABLES
from pipeline.people import told_resources
from pipeline.publish import open_published
from pipeline.workspace import PEOPLE_KEY, Workspace
from tests.personal_data import personal_data, told

FILES = [(table, form) for table, one in TABLES.items() for form in one.formats]


@pytest.fixture(scope="module")
def personal(built_workspace: Path) -> frozenset[str]:
    return personal_data(built_workspace)


def export(workspace: Path, table: str, form: str, path: Path, *more: str) -> Path:
    named = ["--workspace", str(workspace), "--format", form, "--output", str(path)]
    assert run(["export", table, *named, *more]) == 0
    return path


def content(path: Path, form: str) -> bytes:
    """What a file holds; Parquet is compressed."""
    if form == "parquet":
        with duckdb.connect() as con:
            return str(con.execute("select * from read_parquet(?)", [str(path)]).fetchall()).encode()
    return path.read_bytes()


def test_there_is_something_to_find(personal: frozenset[str]) -> None:
    kinds = ("wh", "@", "+", "0000")
    assert {kind for kind in kinds if any(kind in one for one in personal)} == {*kinds}
    assert min(map(len, personal)) > 7


@pytest.mark.parametrize(("table", "form"), [file for file in FILES if file != ("events", "csv")])
def test_an_export_tells_nobody(
    built_workspace: Path, personal: frozenset[str], tmp_path: Path, table: str, form: str
) -> None:
    assert not told(personal, content(export(built_workspace, table, form, tmp_path / f"t.{form}"), form))


@pytest.mark.parametrize("form", ["parquet", "xes", "ocel", "ocel-sqlite"])
def test_events_with_names_are_there_for_the_asking(
    built_workspace: Path, personal: frozenset[str], tmp_path: Path, form: str
) -> None:
    assert told(personal, content(export(built_workspace, "events", form, tmp_path / "t", "--named"), form))


def test_events_as_csv_are_those_of_the_specification(built_workspace: Path, tmp_path: Path) -> None:
    path = export(built_workspace, "events", "csv", tmp_path / "events.csv")
    with path.open(newline="", encoding="utf-8") as handle:
        written = {row["resource"] for row in csv.DictReader(handle)}
    with open_published(built_workspace) as published:
        found = published.connection.execute("select distinct coalesce(resource, '') from event_log.events").fetchall()
    assert written == {name for (name,) in found}


def test_masking_renames_and_changes_nothing_else(built_workspace: Path, tmp_path: Path) -> None:
    masked, named = (
        export(built_workspace, "events", "parquet", tmp_path / f"{len(more)}.parquet", *more)
        for more in ((), ("--named",))
    )
    with duckdb.connect() as con:
        rest = "select * exclude (resource) from read_parquet(?) order by event_id, case_id"
        assert con.execute(rest, [str(masked)]).fetchall() == con.execute(rest, [str(named)]).fetchall()
        pairs = con.execute(
            """
            select distinct named.resource, masked.resource, named.is_automation
            from read_parquet(?) as named
            inner join read_parquet(?) as masked using (event_id, case_id)
            where named.resource is not null
            """,
            [str(named), str(masked)],
        ).fetchall()
    assert len({name for name, _, _ in pairs}) == len({mask for _, mask, _ in pairs}) == len(pairs)
    assert all((name == mask) == is_automation for name, mask, is_automation in pairs)
    assert all(mask.startswith("Person ") for _, mask, is_automation in pairs if not is_automation)


def test_handoffs_between_resources_add_up_and_put_few_cases_together(built_workspace: Path, tmp_path: Path) -> None:
    files = [
        export(built_workspace, "handoffs", "csv", tmp_path / f"{len(more)}.csv", *more) for more in ((), ("--named",))
    ]
    masked, named = ([*csv.DictReader(path.read_text("utf-8").splitlines())] for path in files)
    for level in ("system", "department", "resource"):
        sums = [sum(int(row["frequency"]) for row in rows if row["level"] == level) for rows in (masked, named)]
        assert sums[0] == sums[1] > 0
    names = {row["from_name"] for row in masked if row["level"] == "resource"}
    assert "fewer than 5 cases" in names
    assert any(name.startswith("SVC_") for name in names)


def test_mined_files_tell_nobody(built_workspace: Path, personal: frozenset[str], tmp_path: Path) -> None:
    assert run(["mine", "--workspace", str(built_workspace), "--out", str(tmp_path / "mined")]) == 0
    for path in sorted((tmp_path / "mined").iterdir()):
        assert not told(personal, content(path, path.suffix)), path.name
    handoffs = (tmp_path / "mined" / "handoffs_resource.csv").read_text(encoding="utf-8")
    assert "Person " in handoffs
    assert "fewer than 5 cases" in handoffs


@pytest.mark.parametrize("command", ["kpis", "exceptions", "load-report"])
def test_what_is_printed_tells_nobody(
    built_workspace: Path, personal: frozenset[str], capsys: pytest.CaptureFixture[str], command: str
) -> None:
    for form in ("table", "json"):
        assert run([command, "--workspace", str(built_workspace), "--format", form]) == 0
    assert not told(personal, "".join(capsys.readouterr()))


def test_data_docs_tell_nobody(built_workspace: Path, personal: frozenset[str]) -> None:
    pages = [*built_workspace.glob("builds/000001/data_docs/**/*.html")]
    assert pages
    assert not [path.name for path in pages if told(personal, path.read_bytes())]


def test_a_name_holds_in_one_workspace_only(built_workspace: Path) -> None:
    with open_published(built_workspace) as published:
        con, key = published.connection, published.workspace.people_key()
        again, elsewhere = told_resources(con, key), told_resources(con, key[::-1])
        assert told_resources(con, key) == again
    differing = {name for name in again if again[name] != elsewhere[name]}
    assert differing == {name for name, said in again.items() if said.startswith("Person ")}
    assert all(said.count(", ") == 1 for said in again.values() if said.startswith("Person "))


def test_without_a_key_nobody_is_told_at_all(workspace_copy: Path, tmp_path: Path) -> None:
    (workspace_copy / PEOPLE_KEY).unlink()
    with pytest.raises(UsageError, match="Run `retrace build` again"):
        Workspace(workspace_copy).people_key()
    given = ["--workspace", str(workspace_copy), "--format", "xes", "--output", str(tmp_path / "log.xes")]
    assert run(["export", "events", *given]) == 2
    assert not (tmp_path / "log.xes").exists()
