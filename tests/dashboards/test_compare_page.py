"""Before and after as a page: by dates, against a frozen baseline, by a roll-out table, and what cannot be asked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from page_reading import open_page, text, tile

from pipeline.publish import open_published
from pipeline.settings import WORKSPACE_VARIABLE
from proof.asking import Asked, question_of
from proof.comparison import compare
from proof.headline import headline
from tests.proof.frozen import NAME

WINDOWS = {"before-start": "2025-01-01", "before-end": "2025-04-01"}
AFTER = {"after-start": "2025-04-01", "after-end": "2025-07-01"}
ASKED = Asked("2025-04-01", "2025-07-01", "2025-01-01", "2025-04-01")


@pytest.fixture(scope="module")
def rolled_out(frozen_workspace: Path, entity: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a baseline and two roll-out tables, of which one is wrong; nobody writes into it."""
    folder = Path(shutil.copytree(frozen_workspace, tmp_path_factory.mktemp("rolled") / "workspace"))
    (folder / "rollouts").mkdir()
    for name, where in (("portal", f"entity,{entity},2025-04-01,Customer portal"), ("wrong", "site,moon,2025-04-01,x")):
        (folder / "rollouts" / f"{name}.csv").write_text(f"unit_kind,unit,on,change\n{where}\n")
    return folder


@pytest.fixture(scope="module")
def entity(frozen_workspace: Path) -> str:
    """An entity that has returns."""
    with open_published(frozen_workspace) as published:
        [(found,)] = published.connection.execute("select min(entity_id) from event_log.cases").fetchall()
    return str(found)


@pytest.fixture
def rollouts(rolled_out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages show the workspace with roll-out tables."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(rolled_out))


def plain(told: str) -> str:
    return re.sub(r"\s+", " ", told)


def test_the_page_says_what_the_command_says(proving: Path) -> None:
    with open_published(proving) as published:
        question = question_of(published.connection, ASKED)
        told = plain(headline(compare(published.connection, question), "USD"))
    test = open_page("compare", **WINDOWS, **AFTER)
    assert not test.exception
    assert not test.error
    said = text(test)
    assert told in said
    assert f"Question {question.digest[:12]}." in said
    assert "--before-from 2025-01-01 --before-to 2025-04-01 --from 2025-04-01 --to 2025-07-01." in said


def test_a_baseline_brings_its_dates_and_its_returns(proving: Path, entity: str) -> None:
    with open_published(proving) as published:
        frozen = question_of(published.connection, ASKED)
    test = open_page("compare", against=NAME, entity=[entity], **AFTER)
    assert not test.error
    said = text(test)
    assert test.selectbox(key="against").value == NAME
    assert "before-start" not in {one.key for one in test.date_input}
    assert f"Before is the baseline {NAME}, frozen of all returns" in said
    assert "The filters above do not count here" in said
    assert "Today's data gives every figure of the baseline as it was frozen." in said
    assert f"--baseline {NAME} --from 2025-04-01 --to 2025-07-01." in said
    assert f"Question {frozen.digest[:12]}." in said


@pytest.mark.usefixtures("rollouts")
def test_a_roll_out_table_says_where_and_when_the_change_came(entity: str) -> None:
    test = open_page("compare", rollout="portal", **WINDOWS, **AFTER)
    assert not test.error
    said = text(test)
    assert f"table portal: entity {entity} on 1 Apr 2025 (Customer portal)." in said
    assert "not rolled out" in said
    assert "--rollout DIR/rollouts/portal.csv." in said


@pytest.mark.usefixtures("rollouts")
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"against": "nowhere", **AFTER}, "There is no baseline nowhere in this workspace; found: before-portal"),
        ({"rollout": "nowhere", **WINDOWS, **AFTER}, "There is no roll-out table nowhere; found: portal and wrong"),
        ({"rollout": "wrong", **WINDOWS, **AFTER}, "The rollout names the site 'moon'; no return has it"),
        ({"against": NAME, "after-start": "2025-02-01", "after-end": "2025-07-01"}, "overlap. Choose dates apart"),
        ({**WINDOWS, "after-start": "2025-07-01", "after-end": "2025-04-01"}, "has no day in it"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(query: dict[str, str], words: str) -> None:
    test = open_page("compare", **query)
    assert not test.exception
    assert words in test.error[0].value.replace("\\", "")


def test_a_baseline_that_was_changed_is_not_compared_with(proving_copy: Path) -> None:
    seal = proving_copy / "baselines" / NAME / "seal"
    seal.chmod(0o644)
    seal.write_text("not the seal\n")
    test = open_page("compare", against=NAME, **AFTER)
    assert f"The baseline {NAME} is not what was frozen" in test.error[0].value.replace("\\", "")


@pytest.mark.usefixtures("real_workspace")
def test_without_baselines_and_tables_nothing_is_asked_of_them() -> None:
    test = open_page("compare", **WINDOWS, **{**AFTER, "after-end": "2025-04-02"})
    assert {"against", "rollout"}.isdisjoint(one.key for one in test.selectbox)
    assert not test.error


@pytest.mark.usefixtures("proving")
def test_tiles_are_held_against_the_baseline_of_their_returns() -> None:
    assert f"since {NAME}" in tile(open_page(), "Cycle time")
    filtered = open_page(from_="2025-04-01")
    assert f"since {NAME}" in tile(filtered, "Cycle time")
    assert f"Since {NAME}: from what was frozen" in text(filtered)


@pytest.mark.usefixtures("proving")
def test_tiles_of_other_returns_are_not(entity: str) -> None:
    assert "since" not in text(open_page(entity=[entity]))
