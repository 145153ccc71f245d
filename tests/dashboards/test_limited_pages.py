"""The pages as people with roles see them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from page_reading import markup, sent, text, tile
from streamlit.testing.v1 import AppTest

from dashboards.access.viewer import is_sign_in_needed
from dashboards.baselines.words import LIMITED
from mining.cohort import Attribute, Cohort
from pipeline.kpis import kpi_rows
from pipeline.publish import open_published
from pipeline.settings import ACCESS_VARIABLE, WORKSPACE_VARIABLE
from proof.followed import follow
from proof.question import Question, Side
from tests.personal_data import personal_data, told
from tests.proof.frozen import NAME

PAGES = (
    *("scorecard", "recovery", "attention", "returns_list", "time", "process_map", "paths", "handoffs", "rules"),
    *("causes", "one_return", "baselines", "compare", "trust"),
)
_SCRIPT = """
from dashboards import frame
from dashboards.{page} import page
frame.run(page.page, frame.open_view())
"""


@dataclass(frozen=True)
class Entity:
    """The entity of the limited viewer, and what must not show."""

    id: str
    name: str
    returns: int
    hidden: frozenset[bytes]
    foreign_return: str


@pytest.fixture(scope="module")
def entity(built_workspace: Path) -> Entity:
    """The entity with most returns of a real build."""
    with open_published(built_workspace) as published:
        con = published.connection
        counted = """
            select entity_id, name, count(*)
            from event_log.cases inner join staging.stg_reference__entities using (entity_id)
            group by all
            order by count(*) desc
        """
        (own, name, returns), *others = con.execute(counted).fetchall()
        sql = "select case_id from event_log.cases where entity_id <> $own order by all"
        foreign = [row[0] for row in con.execute(sql, {"own": own}).fetchall()]
    hidden = frozenset(text.encode() for text in (*(row[1] for row in others), *foreign))
    return Entity(own, name, returns, hidden, foreign[0])


@pytest.fixture(scope="module")
def personal(built_workspace: Path) -> frozenset[str]:
    """What no page may tell of persons and customers."""
    return personal_data(built_workspace)


@pytest.fixture
def access(real_workspace: Path, entity: Entity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that lets one person see all, and one that entity."""
    path = tmp_path / "access.toml"
    people = [("all", '"*"'), ("one", f'"{entity.id}"')]
    path.write_text(
        "".join(
            f'[roles.{role}]\nentities = [{named}]\n[[people]]\nemail = "{role}@example.com"\nroles = ["{role}"]\n'
            for role, named in people
        )
    )
    monkeypatch.setenv(ACCESS_VARIABLE, str(path))
    return path


Open = Callable[..., AppTest]


@pytest.fixture
def open_as(access: Path) -> Open:
    """Opens a page as somebody."""

    def open_it(who: str | None, page: str = "scorecard", signed_in_hours_ago: float = 0, **query: str) -> AppTest:
        test = AppTest.from_string(_SCRIPT.format(page=page), default_timeout=60)
        issued = time.time() - 3600 * signed_in_hours_ago
        claims = {"is_logged_in": True, "email": f"{who}@example.com", "email_verified": True, "iat": issued}
        test.user = claims if who else {"is_logged_in": False}
        for name, value in query.items():
            test.query_params[name.rstrip("_")] = value
        return test.run()

    return open_it


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_a_limited_viewer_nothing_of_others(
    page: str, open_as: Open, entity: Entity, personal: frozenset[str]
) -> None:
    test = open_as("one", page)
    assert not test.exception
    assert not test.error
    everything = sent(test)
    assert not [one for one in entity.hidden if one in everything]
    assert b"example.com" not in everything
    assert not told(personal, everything)
    assert f"You see {entity.name} only." in text(test)
    if 'id="cohort"' in markup(test):
        assert f"{entity.returns} returns;" in text(test)
        assert entity.name in text(test)


def test_another_viewer_sees_the_others_at_the_same_time(open_as: Open, entity: Entity) -> None:
    assert not [one for one in entity.hidden if one in sent(open_as("one", "returns_list"))]
    test = open_as("all", "returns_list")
    assert "You see all entities." in text(test)
    assert [one for one in entity.hidden if one in sent(test)]
    assert not [one for one in entity.hidden if one in sent(open_as("one", "returns_list"))]


def test_figures_are_those_of_the_entity(open_as: Open, entity: Entity, built_workspace: Path) -> None:
    with open_published(built_workspace) as published:
        rows = {row.kpi: row for row in kpi_rows(published.connection, entities=[entity.id])}
        whole = {row.kpi: row for row in kpi_rows(published.connection)}
    mean = rows["cycle_time_days.mean"]
    assert mean.n != whole["cycle_time_days.mean"].n
    shown = tile(open_as("one"), "Cycle time")
    assert f"{mean.value:.1f} business days" in shown
    assert f"n {mean.n}" in shown


def test_a_comparison_follows_the_returns_of_the_entity_alone(
    open_as: Open, entity: Entity, built_workspace: Path
) -> None:
    before, after = (Side(date(2025, month, 1), date(2025, month + 2, 1)) for month in (1, 5))
    mine = Cohort((Attribute("entity_id", (entity.id,)),))
    with open_published(built_workspace) as published:
        whole = follow(published.connection, Question(before, after))
        own = follow(published.connection, Question(replace(before, cohort=mine), replace(after, cohort=mine)))
    asked = {"before-start": "2025-01-01", "before-end": "2025-03-01"}
    said = text(open_as("one", "compare", **asked, **{"after-start": "2025-05-01", "after-end": "2025-07-01"}))
    assert own.returns("before") < whole.returns("before")
    assert f"1 Jan 2025 to 28 Feb 2025 ({own.returns('before')}) against" in said
    assert f"1 May 2025 to 30 Jun 2025 ({own.returns('after')}), each" in said


def test_baselines_are_for_those_who_see_all_entities(
    open_as: Open, frozen_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(frozen_workspace))
    test = open_as("one", "baselines")
    assert LIMITED in text(test)
    assert not test.text_input
    assert LIMITED in open_as("one", "compare", against=NAME).error[0].value.replace("\\", "")
    assert f"since {NAME}" not in text(open_as("one"))
    assert f"since {NAME}" in text(open_as("all"))


def test_a_foreign_return_is_not_found(open_as: Open, entity: Entity) -> None:
    test = open_as("one", "one_return", return_=entity.foreign_return)
    assert not test.exception
    assert "Steps" not in text(test)
    assert open_as("all", "one_return", return_=entity.foreign_return).get("plotly_chart")
    assert not test.get("plotly_chart")


def test_a_foreign_entity_in_a_link_opens_nothing(open_as: Open, entity: Entity) -> None:
    test = open_as("one", "returns_list", entity=entity.foreign_return[:4])
    assert not [one for one in entity.hidden if one in sent(test)]
    assert test.multiselect(key="entity").options == [entity.name]


def test_trust_says_what_is_of_the_whole_build_and_where_no_row_is(open_as: Open) -> None:
    said = text(open_as("one", "trust"))
    assert "Counts of the whole build, also of entities that you may not see." in said
    assert "Where to look" not in said
    assert "of the entities that you may see" in said
    everybody = text(open_as("all", "trust"))
    assert "Counts of the whole build, also" not in everybody
    assert "Where to look" in everybody


@pytest.mark.parametrize(
    ("who", "hours", "title", "button"),
    [
        (None, 0.0, "Sign in to see the returns", "sign-in"),
        ("one", 13.0, "Sign in again", "sign-in"),
        ("stranger", 0.0, "You are signed in, but may see no returns yet", "sign-out"),
    ],
)
def test_who_may_see_nothing_sees_nothing(
    who: str | None, hours: float, title: str, button: str, open_as: Open, entity: Entity
) -> None:
    test = open_as(who, "scorecard", hours)
    assert [one.value for one in test.title] == [title]
    assert [one.key for one in test.button] == [button]
    assert entity.name.encode() not in sent(test)
    assert len(test.get("html")) == 1
    assert not test.error


def test_a_file_that_breaks_shows_nothing_and_its_words_stay_in_the_log(open_as: Open, access: Path) -> None:
    access.write_text("roles = 7")
    test = open_as("all")
    assert [one.value for one in test.title] == ["Nobody can be let in at the moment"]
    assert str(access).encode() not in sent(test)
    assert not test.button


def test_a_role_taken_away_takes_effect_at_the_next_run(open_as: Open, access: Path) -> None:
    test = open_as("one")
    access.write_text(access.read_text().replace("one@example.com", "other@example.com"))
    test.run()
    assert [one.value for one in test.title] == ["You are signed in, but may see no returns yet"]


def test_without_a_sign_in_nothing_is_shown_to_other_machines(
    real_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ACCESS_VARIABLE, raising=False)
    assert not is_sign_in_needed()
    test = AppTest.from_string(_SCRIPT.format(page="trust"), default_timeout=60)
    monkeypatch.setattr("dashboards.access.viewer.is_this_machine", lambda host: False)
    test.run()
    assert "where others could see them" in test.error[0].value.replace("\\", "")
    assert not test.get("html")
