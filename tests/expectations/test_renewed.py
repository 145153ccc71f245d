"""A build that goes on looks at the rows that were made again, and says what looking at every row would say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from expectations import ExpectationResult, Renewed
from expectations.data_docs import write_data_docs
from expectations.engine import datasource
from expectations.event_log import OF_ONE_HASH, event_log_suite
from expectations.facts import read_facts
from expectations.renewed import run_suite_on_changes
from expectations.runner import run_suite
from tests.expectations.world import make_world, pages, quiet

RENEWED = """
attach ':memory:' as part;
create schema part.event_log;
create table part.event_log.events as from event_log.events where source_system = 'wms';
"""


def of_every_row(change: str) -> list[ExpectationResult]:
    with duckdb.connect() as con:
        make_world(con)
        con.execute(change)
        with datasource(con) as source:
            return list(run_suite(con, source, event_log_suite(read_facts(con)), quiet))


def of_what_changed(
    change: str, before: Sequence[ExpectationResult], docs: Path
) -> tuple[list[ExpectationResult], str]:
    with duckdb.connect() as con:
        make_world(con)
        con.execute(change)
        con.execute(RENEWED)
        suite = event_log_suite(read_facts(con))
        results = {(suite.name, name): [one for one in before if one.relation == name] for name in suite.relations}
        again = frozenset({"event_log.events", OF_ONE_HASH})
        renewed = Renewed("part", again, frozenset({"event_log.cases"}), results)
        with datasource(con) as source:
            found = list(run_suite_on_changes(con, source, suite, renewed, quiet))
        write_data_docs(docs, [suite], found, None, renewed.looked_at)
    return found, pages(docs)["event_log.html"]


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ("update event_log.events set currency = 'EURO' where source_system = 'wms'", 1),
        ("insert into event_log.events from event_log.events where source_system = 'wms'", 1),
    ],
)
def test_rows_made_again_are_looked_at_and_all_is_said_as_if_every_row_was(
    healthy: tuple[ExpectationResult, ...], change: str, failed: int, tmp_path: Path
) -> None:
    found, text = of_what_changed(change, healthy, tmp_path)
    assert found == of_every_row(change)
    assert sum(not one.success for one in found) == failed
    assert f"{1 + change.startswith('insert')} rows were made again and looked at." in text
    assert "No row changed since the build before" in text


def test_what_failed_before_is_asked_of_every_row(tmp_path: Path) -> None:
    change = "update event_log.events set currency = 'EURO' where source_system = 'tms'"
    whole = of_every_row(change)
    assert of_what_changed(change, whole, tmp_path)[0] == whole
