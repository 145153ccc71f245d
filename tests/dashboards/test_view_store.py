"""The folder of saved views: what it keeps, what it refuses, and whom it answers."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.saved_views.saved_view import LONGEST_NAME, LONGEST_QUERY, SavedView, checked_name
from dashboards.saved_views.store import LARGEST_FILE, MOST_VIEWS, ViewStore
from pipeline.errors import UsageError

MINE, OTHERS = "a" * 64, "b" * 64
SAVED_AT, AS_OF = datetime(2026, 3, 1, 9, 30, 5), datetime(2026, 2, 28, 18)
VIEW = SavedView("Late credits", "process-map", "from=2025-01-01&steps=7", SAVED_AT, 3, AS_OF)


@pytest.fixture
def store(tmp_path: Path) -> ViewStore:
    return ViewStore(tmp_path / "views")


def names(store: ViewStore, reader: str = "") -> list[str]:
    return [view.name for view in store.listing(reader).views.values()]


def test_what_is_saved_is_found_again(store: ViewStore) -> None:
    assert names(store) == []
    key = store.save(VIEW)
    assert store.listing("").views == {key: VIEW}
    assert VIEW.address == "/process-map?from=2025-01-01&steps=7"
    assert replace(VIEW, query="").address == "/process-map"


def test_a_build_without_events_has_views_too(store: ViewStore) -> None:
    key = store.save(replace(VIEW, as_of=None))
    assert store.listing("").views[key].as_of is None


@given(st.text(max_size=2 * LONGEST_NAME))
def test_a_name_is_kept_as_it_is_shown_or_refused(text: str) -> None:
    try:
        name = checked_name(text)
    except UsageError:
        return
    view = replace(VIEW, name=name)
    assert SavedView.from_json(view.to_json()) == view
    assert checked_name(name) == name
    assert name.isprintable()
    assert 0 < len(name) <= LONGEST_NAME


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "C:\\x", ".lock", "<b>", "Größe 😀", "x" * LONGEST_NAME])
def test_no_name_reaches_a_path(store: ViewStore, tmp_path: Path, name: str) -> None:
    key = store.save(replace(VIEW, name=name))
    assert names(store) == [name]
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        "views/.lock",
        f"views/{key}.json",
    }


@pytest.mark.parametrize("name", ["", "  \n", "x" * (LONGEST_NAME + 1), "a\x00b", "a\u202eb", "a\x1b[2Jb"])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        checked_name(name)


@pytest.mark.parametrize("page", ["", "/evil.example", "javascript:x", "a/../b", "Time"])
def test_an_address_leads_to_a_page_only(page: str) -> None:
    with pytest.raises(UsageError, match="path of a page"):
        replace(VIEW, page=page)


@pytest.mark.parametrize("query", ["a b", "a=\n", "ä=1"])
def test_an_address_is_encoded(query: str) -> None:
    with pytest.raises(UsageError, match="percent-encoded"):
        replace(VIEW, query=query)


def test_an_address_has_a_longest_length() -> None:
    assert replace(VIEW, query="x" * LONGEST_QUERY)
    with pytest.raises(UsageError, match=r"8,001 characters; expected 8,000 at most"):
        replace(VIEW, query="x" * (LONGEST_QUERY + 1))


def test_one_reader_has_each_name_once_and_another_may_have_it_too(store: ViewStore) -> None:
    store.save(replace(VIEW, owner=MINE))
    store.save(replace(VIEW, owner=OTHERS))
    with pytest.raises(UsageError, match="named “Late credits” already"):
        store.save(replace(VIEW, owner=MINE, name="LATE credits"))
    key = store.save(replace(VIEW, owner=MINE, name="Another"))
    with pytest.raises(UsageError, match="named “Late credits” already"):
        store.change(key, MINE, " late  credits ", False)
    assert store.change(key, MINE, "ANOTHER", False).name == "ANOTHER"


def test_there_is_a_most_for_each_reader(store: ViewStore, tmp_path: Path) -> None:
    first = store.save(replace(VIEW, owner=MINE))
    held = json.loads((tmp_path / "views" / f"{first}.json").read_text())
    for number in range(1, MOST_VIEWS):
        path = tmp_path / "views" / f"{number:032x}.json"
        path.write_text(json.dumps({**held, "name": f"{number}"}))
    with pytest.raises(UsageError, match="You have 100 saved views; expected 100 at most"):
        store.save(replace(VIEW, owner=MINE, name="one more"))
    store.save(replace(VIEW, owner=OTHERS))


def test_a_deleted_view_can_be_put_back(store: ViewStore) -> None:
    deleted = store.delete(store.save(VIEW), "")
    assert names(store) == []
    store.save(deleted)
    assert names(store) == ["Late credits"]


def test_what_is_gone_already_is_said(store: ViewStore) -> None:
    key = store.save(VIEW)
    store.delete(key, "")
    with pytest.raises(UsageError, match="not there any more"):
        store.delete(key, "")
    with pytest.raises(UsageError, match="not there any more"):
        store.change(key, "", "New", False)
    assert names(store) == []


def test_a_reader_gets_their_own_and_shared_views_and_changes_only_their_own(store: ViewStore) -> None:
    mine = store.save(replace(VIEW, owner=MINE, name="mine"))
    private = store.save(replace(VIEW, owner=OTHERS, name="private"))
    shared = store.save(replace(VIEW, owner=OTHERS, name="shared", is_shared=True))
    local = store.save(replace(VIEW, name="before there was a sign-in"))
    assert names(store, MINE) == ["mine", "shared"]
    for key in (private, shared, local):
        with pytest.raises(UsageError, match="not yours"):
            store.delete(key, MINE)
        with pytest.raises(UsageError, match="not yours"):
            store.change(key, MINE, "taken", True)
    store.change(mine, MINE, "mine", True)
    assert names(store, OTHERS) == ["mine", "private", "shared"]
    assert len(names(store)) == 4


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ("", "It is no JSON"),
        ("[" * 15_000, "It is no JSON"),
        ("[]", "has not the values of a saved view"),
        ('{"name": "x"}', "has not the values of a saved view"),
        ("x" * (LARGEST_FILE + 1), "larger than the 16,384 bytes"),
    ],
)
def test_a_broken_file_is_told_and_skipped(store: ViewStore, tmp_path: Path, held: str, why: str) -> None:
    store.save(VIEW)
    broken = tmp_path / "views" / f"{'0' * 32}.json"
    broken.write_text(held)
    assert names(store) == ["Late credits"]
    assert why in store.listing("").skipped[broken.name]


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("format", 2, "format 2; expected 1"),
        ("build", True, "build is a bool; expected int"),
        ("name", 7, "name is a int; expected str"),
        ("name", "a  b", "blanks"),
        ("page", "//evil.example", "no path of a page"),
        ("saved_at", "2026-03-01", "is no time"),
        ("saved_at", "2026-03-01T09:00:00+02:00", "is no time"),
        ("as_of_at", "soon", "is no time"),
        ("owner", "someone@example.com", "no digest"),
    ],
)
def test_a_file_with_a_wrong_value_is_told_and_skipped(
    store: ViewStore, tmp_path: Path, key: str, value: object, why: str
) -> None:
    path = tmp_path / "views" / f"{store.save(VIEW)}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    assert names(store) == []
    assert why in store.listing("").skipped[path.name]


def test_foreign_files_are_told_and_left_alone(store: ViewStore, tmp_path: Path) -> None:
    key = store.save(VIEW)
    folder = tmp_path / "views"
    (folder / "notes.txt").write_text("mine")
    (folder / f"{'1' * 32}.json").mkdir()
    (folder / f"{'2' * 32}.json").symlink_to(folder / f"{key}.json")
    (folder / f"{'3' * 32}.json").write_bytes(b"\xff\xfe")
    (folder / f"{'4' * 32}.json.new").write_text("what a server that died has left")
    listing = store.listing("")
    assert list(listing.views) == [key]
    assert sorted(listing.skipped) == [*(f"{number * 32}.json" for number in "123"), "notes.txt"]
    store.delete(key, "")
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "views").write_text("a file where the folder belongs")
    with pytest.raises(UsageError, match=r"cannot be written \(File exists\)"):
        ViewStore(tmp_path / "views").save(VIEW)


def _save_many(folder: Path, who: int) -> None:
    store = ViewStore(folder)
    for number in range(10):
        key = store.save(replace(VIEW, name=f"{who} {number}"))
        if number % 2:
            store.delete(key, "")


def test_two_servers_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    store = ViewStore(tmp_path / "views")
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_save_many, args=(tmp_path / "views", who)) for who in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert not store.listing("").skipped, "no file is ever half written"
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert names(store) == [f"{who} {number}" for who in range(2) for number in range(0, 10, 2)]
