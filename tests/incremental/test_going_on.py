"""A build that goes on has the tables of a build anew, whatever arrived, and says why when it cannot go on."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.incremental import NotOnError, Start, going_on
from pipeline.incremental.merging import unknown_tables
from pipeline.incremental.moving_instant import READERS_OF_AS_OF
from pipeline.publish import BuildFolder
from pipeline.settings import PROJECT
from tests.incremental.arrivals import first_arrival
from tests.incremental.equality import differences
from tests.incremental.workspaces import Said, Workspaces
from tests.oracle.worlds import write_world


def test_late_corrected_deleted_and_removed_rows_give_what_a_build_anew_gives(tmp_path: Path) -> None:
    as_of = write_world(78, tmp_path / "world", returns=30).replace(tzinfo=None)
    arrivals = first_arrival(tmp_path / "world", tmp_path / "landing", seed=3, copies=5)
    both = Workspaces(tmp_path / "landing", tmp_path)
    both.go_on(as_of)
    for hours in (0, 5):
        acts, as_of = arrivals.step(), as_of + timedelta(hours=hours)
        said = both.go_on(as_of)
        assert said[0].startswith("Going on from the published build"), acts
    assert differences(both.gone_on(), both.anew(as_of)) == []


def start(workspace: Path, extracts: Path, as_of: datetime | None = None) -> Start:
    return Start(workspace / "builds" / "000001", extracts, as_of)


def why_not(beginning: Start, folder: BuildFolder) -> str:
    with pytest.raises(NotOnError) as reason, going_on(beginning, folder, Said()):
        pass
    assert not folder.warehouse.exists()
    return str(reason.value)


@pytest.fixture
def folder(tmp_path: Path) -> BuildFolder:
    building = BuildFolder(2, tmp_path / "building")
    building.scratch.mkdir(parents=True)
    return building


def test_the_same_files_are_not_read_again(built_workspace: Path, extracts: Path, folder: BuildFolder) -> None:
    said = Said()
    with going_on(start(built_workspace, extracts), folder, said):
        pass
    assert said.notes == ["No file changed since the published build."]
    assert differences(folder.warehouse, built_workspace / "builds" / "000001" / "warehouse.duckdb") == []


def test_everything_is_built_anew_when_a_reference_table_changed(
    built_workspace: Path, extracts: Path, folder: BuildFolder, tmp_path: Path
) -> None:
    landing = tmp_path / "landing"
    shutil.copytree(extracts, landing)
    holidays = landing / "reference" / "holidays.csv"
    holidays.write_text(holidays.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    reason = why_not(start(built_workspace, landing), folder)
    assert reason == "reference/holidays.csv changed, which every return rests upon"


def test_everything_is_built_anew_when_an_instant_is_given_for_the_first_time(
    built_workspace: Path, extracts: Path, folder: BuildFolder
) -> None:
    reason = why_not(start(built_workspace, extracts, datetime(2025, 6, 1)), folder)
    assert reason == "the as-of instant is given for one of the two builds only"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("update raw.build_inputs set content = 'other' where name = 'models'", "made by another version (models)"),
        ("drop table raw.build_inputs", "not one of this version (Catalog Error"),
        ("create table marts.answers as select 1", "nothing says how to go on from marts.answers"),
    ],
)
def test_everything_is_built_anew_after_another_version(
    built_workspace: Path, extracts: Path, folder: BuildFolder, tmp_path: Path, change: str, reason: str
) -> None:
    copy = tmp_path / "workspace"
    shutil.copytree(built_workspace, copy)
    with warehouse.writing(copy / "builds" / "000001" / "warehouse.duckdb") as con:
        con.execute(change)
    assert reason in why_not(start(copy, extracts), folder)


def test_every_table_of_a_build_is_known_to_the_merge(built_workspace: Path) -> None:
    with warehouse.reading(built_workspace / "builds" / "000001" / "warehouse.duckdb") as con:
        assert unknown_tables(con) == []


def test_every_model_that_waits_for_the_instant_is_thought_of() -> None:
    reading = {
        path.stem
        for path in (PROJECT / "models").rglob("*.sql")
        if path.parent.name != "returns" and re.search(r'ref\("as_of(_clocks)?"\)', path.read_text(encoding="utf-8"))
    }
    assert reading == set(READERS_OF_AS_OF)
