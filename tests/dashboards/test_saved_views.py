"""The popover of saved views: saving, opening, renaming, deleting, and what others get to see."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from page_reading import markup, sent, text
from streamlit.testing.v1 import AppTest

from dashboards.saved_views.words import Vocabulary, shown_in_words
from mining.cohort import Cohort, Names, State
from pipeline.settings import ACCESS_VARIABLE

_SCRIPT = """
from dashboards import frame
from dashboards.saved_views.popover import Place, offer_views
from dashboards.saved_views.words import Vocabulary

view = frame.open_view()
if view:
    known = Vocabulary({"time": "Where does time go?"}, view.all_names, view.build.entities is not None)
    with view.corner:
        offer_views(Place("time", view.build, known))
"""
ACCESS = """
[roles.all]
entities = ["*"]
[roles.one]
entities = ["E1"]
[[people]]
email = "boss@example.com"
roles = ["all"]
[[people]]
email = "clerk@example.com"
roles = ["one"]
"""
KNOWN = Vocabulary({"time": "Where does time go?"}, Names(values={"entity_id": {"E1": "East"}}), is_limited=True)


def open_views(who: str = "", **query: str) -> AppTest:
    """The popover, open, on a page with a query in its address."""
    test = AppTest.from_string(_SCRIPT, default_timeout=30)
    if who:
        claims = {"iss": "https://id.example.com", "sub": f"subject of {who}", "iat": time.time()}
        test.user = {"is_logged_in": True, "email": f"{who}@example.com", "email_verified": True, **claims}
    for name, value in query.items():
        test.query_params[name.rstrip("_")] = value
    test.session_state["views"] = True
    return test.run()


def save(test: AppTest, name: str) -> AppTest:
    test.text_input(key="view-name").set_value(name)
    press(test, "Save")
    return test


def press(test: AppTest, label: str) -> None:
    [button] = [one for one in test.button if one.label == label]
    button.click().run()


def links(test: AppTest) -> dict[str, str]:
    """The addresses of the views that are listed, by their names."""
    found = re.findall(r'class="rt-saved"><a href="([^"]*)" target="_self">([^<]*)<', markup(test))
    return {name: address.replace("&amp;", "&") for address, name in found}


@pytest.fixture
def access(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that lets one person see all entities, and another one of two."""
    path = tmp_path / "access.toml"
    path.write_text(ACCESS)
    monkeypatch.setenv(ACCESS_VARIABLE, str(path))
    return path


def test_a_view_is_saved_with_all_that_the_address_holds(workspace: Path) -> None:
    test = open_views(entity="E1", from_="2025-01-01", rank_by="money")
    assert "No view is saved yet" in text(test)
    assert not (workspace / "views").exists()
    save(test, "  East,  by money ")
    assert not test.error
    assert "Saved “East, by money”." in text(test)
    [address] = links(test).values()
    assert urlsplit(address).path == "/time"
    assert parse_qs(urlsplit(address).query) == {"entity": ["E1"], "from": ["2025-01-01"], "rank_by": ["money"]}
    assert test.text_input(key="view-name").value == ""
    assert links(open_views()) == {"East, by money": address}
    assert "since 1 Jan 2025; on the page: rank by money." in text(open_views())
    assert "on build 1 (as of" in text(open_views())


@pytest.mark.usefixtures("workspace")
def test_a_view_is_renamed_deleted_and_put_back() -> None:
    test = save(open_views(), "First")
    press(test, "Change First")
    test.text_input(key="view-new-name").set_value("Second <b>")
    press(test, "Keep the change")
    assert list(links(test)) == ["Second &lt;b&gt;"]
    press(test, "Change Second \\<b\\>")
    press(test, "Delete")
    assert links(test) == {}
    assert "Deleted “Second <b>”." in text(test)
    press(test, "Put Second \\<b\\> back")
    assert list(links(test)) == ["Second &lt;b&gt;"]
    press(test, "Change Second \\<b\\>")
    press(test, "Leave it")
    assert not [one for one in test.button if one.label == "Delete"]


@pytest.mark.usefixtures("workspace")
def test_a_name_that_is_taken_or_empty_is_refused_in_words() -> None:
    test = save(save(open_views(), "Taken"), "taken")
    assert "named “Taken” already" in test.error[0].value
    assert test.text_input(key="view-name").value == "taken"
    save(test, " ")
    assert "The view has no name" in test.error[0].value
    save(test, "Free")
    assert not test.error
    assert list(links(test)) == ["Free", "Taken"]


def test_a_file_that_is_no_view_is_told_beside_the_others(workspace: Path) -> None:
    test = save(open_views(), "Kept")
    (workspace / "views" / "notes.txt").write_text("mine")
    test.run()
    assert list(links(test)) == ["Kept"]
    assert "1 file in the folder of saved views cannot be shown as one: notes.txt: Its name" in text(test)


def test_a_workspace_that_cannot_be_written_is_told(workspace: Path) -> None:
    (workspace / "views").write_text("a file where the folder belongs")
    test = save(open_views(), "Lost")
    assert "cannot be written" in test.error[0].value.replace("\\", "")
    assert not test.exception


@pytest.mark.usefixtures("access")
def test_a_reader_sees_their_own_views_and_shared_ones(workspace: Path) -> None:
    boss = save(open_views("boss", entity="E2"), "Private")
    assert "Everybody who may sign in sees it." not in text(boss)
    boss.checkbox(key="view-shared").check()
    save(boss, "Shared")
    assert "Everybody who may sign in sees it." in text(boss)
    clerk = open_views("clerk")
    assert list(links(clerk)) == ["Shared"]
    assert "Shown to everybody by others:" in text(clerk)
    assert "One entity that you may not see or this build does not have" in text(clerk)
    assert not [one for one in clerk.button if one.label.startswith("Change")]
    assert list(links(save(clerk, "Private"))) == ["Private", "Shared"]
    assert "All entities that you may see" in text(clerk)
    for one in (boss, clerk):
        assert b"subject of" not in sent(one)
    held = "".join(path.read_text() for path in (workspace / "views").iterdir())
    assert "example.com" not in held
    assert "subject" not in held
    assert len(set(re.findall('"owner": "([0-9a-f]{64})"', held))) == 2


@pytest.mark.usefixtures("access")
def test_a_shared_view_of_an_entity_that_its_reader_may_not_see_opens_without_it() -> None:
    boss = open_views("boss", entity="E2")
    boss.checkbox(key="view-shared").check()
    [address] = links(save(boss, "E2 only")).values()
    assert not boss.info
    query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    clerk = open_views("clerk", **query)
    assert "The address names an entity that you may not see" in clerk.info[0].value
    assert clerk.multiselect(key="entity").value == []
    assert len(clerk.multiselect(key="entity").options) == 1
    clerk.button(key="show-everything").click().run()
    assert not clerk.info


def test_whoever_may_not_look_any_more_saves_nothing(workspace: Path, access: Path) -> None:
    test = open_views("clerk")
    access.write_text(ACCESS.replace("clerk@example.com", "other@example.com"))
    save(test, "Too late")
    assert not (workspace / "views").exists()
    assert [one.value for one in test.title] == ["You are signed in, but may see no returns yet"]


def test_an_address_is_said_in_words_as_far_as_it_can_be_read() -> None:
    rules = Cohort((State(("open",)),)).to_url()
    asked = f"entity=E1&entity=E9&to=2025-07-01&cohort={rules}&clock=elapsed"
    assert shown_in_words("time", asked, KNOWN) == (
        "Where does time go? East and one entity that you may not see or this build does not have, up to 30 Jun 2025, "
        "that are open; elapsed time."
    )
    many = "a=1&b=2&c-d=3&e=4&f=" + "x" * 50
    assert shown_in_words("time", many, KNOWN).endswith("on the page: a 1, b 2, c d 3 and 2 more.")
    assert shown_in_words("time", "cohort=broken", KNOWN).endswith("Filters that this version cannot read.")
    assert shown_in_words("time", "from=2025-02-01&to=2025-01-01", KNOWN).endswith("that this version cannot read.")
    assert shown_in_words("gone", "", KNOWN).startswith("A page that this version does not have.")
