from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from expectations import ExpectationResult, run_expectations
from tests.expectations.world import pages, quiet

SCRIPT = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def broken_docs(world_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Data docs of a world with a customer, a status, a user, a currency and an activity whose names are markup."""
    folder = tmp_path_factory.mktemp("docs")
    copy = shutil.copy(world_file, folder / "warehouse.duckdb")
    with duckdb.connect(copy) as con:
        con.execute("update raw.erp__customers set name = ?, entity_id = null", [SCRIPT])
        con.execute("update raw.erp__return_status_changes set to_status = ?", [SCRIPT])
        con.execute("update staging.stg_reference__dispositions set executed_activity = ?", [SCRIPT])
        con.execute("update event_log.events set resource = ?, currency = ?", [SCRIPT, SCRIPT])
    run_expectations(Path(copy), folder / "docs", quiet)
    return pages(folder / "docs")


def test_there_is_an_index_and_a_page_for_each_suite(broken_docs: dict[str, str]) -> None:
    assert list(broken_docs) == ["event_log.html", "index.html", "landing.html", "marts.html"]
    for name in set(broken_docs) - {"index.html"}:
        assert f'href="{name}"' in broken_docs["index.html"]


def test_failures_are_told_with_their_severity(broken_docs: dict[str, str]) -> None:
    index = broken_docs["index.html"]
    assert "As of 2025-03-10 12:00:00 UTC" in index
    assert "entity_id is never null" in index
    assert '<td>error</td><td><span class="error">failed</span>' in " ".join(index.split())
    assert "to_status is one of pending_approval" in index
    assert '<span class="warning">failed</span>' in index
    assert "1 of 1 rows unexpected" in broken_docs["landing.html"]


def test_values_of_rows_are_not_shown(broken_docs: dict[str, str]) -> None:
    landing = broken_docs["landing.html"]
    assert "script" not in landing
    assert "alert" not in landing


def test_markup_in_a_vocabulary_is_only_text(broken_docs: dict[str, str]) -> None:
    assert "&lt;script&gt;alert" in broken_docs["event_log.html"]
    assert all("<script" not in text for text in broken_docs.values())


def test_pages_need_nothing_from_the_network(broken_docs: dict[str, str]) -> None:
    for text in broken_docs.values():
        assert not re.search(r"https?://|<script|<link|src=", text)


def test_a_healthy_world_says_so(healthy: tuple[ExpectationResult, ...], healthy_docs: Path) -> None:
    assert healthy
    assert "Everything held." in pages(healthy_docs)["index.html"]
