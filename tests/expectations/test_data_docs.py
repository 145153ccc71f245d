from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations import ExpectationResult
from expectations.data_docs import write_data_docs
from expectations.engine import datasource
from expectations.facts import read_facts
from expectations.runner import all_suites, run_suite
from expectations.suite import Suite
from pipeline.contract import load_contract
from tests.expectations.world import make_world, pages, quiet

SCRIPT = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def broken_docs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Data docs of a world with a customer, a status, a user, a currency and an activity whose names are markup."""
    folder = tmp_path_factory.mktemp("broken")
    with duckdb.connect() as con:
        make_world(con)
        con.execute("update raw.erp__customers set name = ?, entity_id = null", [SCRIPT])
        con.execute("update raw.erp__return_status_changes set to_status = ?", [SCRIPT])
        con.execute("update staging.stg_reference__dispositions set executed_activity = ?", [SCRIPT])
        con.execute("update event_log.events set resource = ?, currency = ?", [SCRIPT, SCRIPT])
        facts = read_facts(con)
        suites = [_broken_part(suite) for suite in all_suites(load_contract(), facts)]
        with datasource(con) as source:
            results = [one for suite in suites for one in run_suite(con, source, suite, quiet)]
    write_data_docs(folder, suites, results, facts.as_of, {})
    return pages(folder)


def _broken_part(suite: Suite) -> Suite:
    tables = ("raw.erp__customers", "raw.erp__return_status_changes", "event_log.events")
    return replace(suite, expectations=tuple(one for one in suite.expectations if one.relation in tables))


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
