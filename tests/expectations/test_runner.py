from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from expectations import ExpectationResult, run_expectations, store_results
from expectations.engine import datasource
from expectations.event_log import event_log_suite
from expectations.facts import read_facts
from expectations.marts import marts_suite
from expectations.runner import run_suite
from expectations.suite import On
from pipeline.errors import BuildError
from pipeline.warehouse import reading
from tests.expectations.cases import EVENTS, Breaking
from tests.expectations.world import make_world, pages, quiet


@pytest.fixture
def copy(world_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(world_file, tmp_path / "warehouse.duckdb"))


def test_a_healthy_world_passes_everything(healthy: tuple[ExpectationResult, ...]) -> None:
    assert healthy
    assert [result for result in healthy if not result.success] == []


def test_results_are_stored_as_they_are(healthy: tuple[ExpectationResult, ...]) -> None:
    with duckdb.connect() as con:
        store_results(con, healthy)
        store_results(con, healthy)
        stored = con.execute("from quality.expectation_results").fetchall()
    assert [ExpectationResult(*row) for row in stored] == list(healthy)


def test_no_results_leave_an_empty_table() -> None:
    with duckdb.connect() as con:
        store_results(con, ())
        assert con.execute("select count(*) from quality.expectation_results").fetchall() == [(0,)]


def test_reading_the_file_is_shared_leaves_nothing_and_gives_the_same_again(
    healthy: tuple[ExpectationResult, ...], healthy_docs: Path, copy: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    with reading(copy):
        assert run_expectations(copy, copy.parent / "docs", told.append) == healthy
    with duckdb.connect(copy) as writer:
        writer.execute("create table marts.written as select 1 as one")
    assert sorted(path.name for path in copy.parent.iterdir()) == ["docs", "warehouse.duckdb"]
    assert pages(copy.parent / "docs") == pages(healthy_docs)
    assert "Event log: event_log.events" in told
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("sql", "stops"),
    [
        ("update event_log.events set activity = 'Return Lost' where case_position = 1", True),
        ("update event_log.events set currency = 'EURO' where case_position = 2", False),
        ("update marts.exceptions set detected_at = '2026-01-01', resolved_at = null", True),
        ("update staging.stg_reference__fx_rates set rate = 0", True),
        ("update raw.erp__return_status_changes set to_status = 'lost'", False),
    ],
)
def test_only_a_failed_error_stops_the_publish(
    sql: str, stops: bool, results_after: Callable[[Breaking], list[ExpectationResult]]
) -> None:
    failed = [one for one in results_after(Breaking(sql.split()[1], sql, frozenset())) if not one.success]
    assert failed
    assert {one.stops_publish for one in failed} == {stops}


def test_a_failure_counts_its_rows(results_after: Callable[[Breaking], list[ExpectationResult]]) -> None:
    sql = f"update {EVENTS} set activity = 'Return Lost' where case_position < 3"
    (failed,) = [one for one in results_after(Breaking(EVENTS, sql, frozenset())) if not one.success]
    assert (failed.unexpected_count, failed.element_count) == (2, 4)
    assert failed.observed == "2 of 4 rows unexpected"


def test_a_log_without_events_is_worth_warnings_only() -> None:
    with duckdb.connect() as con:
        make_world(con)
        for (table,) in con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('event_log', 'marts')"
        ).fetchall():
            con.execute(f"delete from {table}")
        con.execute("update returns.as_of set as_of_at = null")
        facts = read_facts(con)
        with datasource(con) as source:
            suites = (event_log_suite(facts), marts_suite(facts))
            results = [one for suite in suites for one in run_suite(con, source, suite, quiet)]
    failed = [one for one in results if not one.success]
    assert {one.relation for one in failed} == {"event_log.events", "event_log.last_event"}
    assert [one for one in failed if one.stops_publish] == []


@pytest.mark.parametrize(
    ("table", "sql", "relation"),
    [
        ("marts.variants", "drop table marts.variants", "marts.variants"),
        ("raw.load_files", "alter table raw.load_files drop column rows_read", "raw.quarantined_share"),
    ],
)
def test_a_missing_relation_fails_all_that_is_expected_of_it(
    table: str, sql: str, relation: str, results_after: Callable[[Breaking], list[ExpectationResult]]
) -> None:
    results = results_after(Breaking(table, sql, frozenset()))
    assert {(one.relation, one.success, one.observed) for one in results} == {
        (relation, False, "the table, or a column it needs, is missing")
    }


def test_a_column_of_another_type_is_a_failed_build(
    results_after: Callable[[Breaking], list[ExpectationResult]],
) -> None:
    sql = "alter table marts.variants alter column median_seconds type varchar using 'long'"
    with pytest.raises(BuildError, match=r"marts\.variants: median_seconds is at least 0"):
        results_after(Breaking("marts.variants", sql, frozenset()))


def test_a_file_that_no_build_made_is_refused(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "other.duckdb") as con:
        con.execute("create table other as select 1 as one")
    with pytest.raises(BuildError, match="Build again"):
        run_expectations(tmp_path / "other.duckdb", None, quiet)


def test_expectations_say_what_they_expect() -> None:
    on = On("a.b")
    says = [
        on.has_columns(["x", "y"]).says,
        on.one_of("x", map(str, range(14))).says,
        on.between("x", high=5).says,
        on.between("x", 1, 2).says,
        on.in_order("x", "y").says,
        on.mostly_not("x", "Unknown", 0.95).says,
    ]
    assert says == [
        "has its 2 columns",
        "x is one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more",
        "x is at most 5",
        "x is between 1 and 2",
        "y is not less than x",
        "x is not Unknown in 95% of the rows",
    ]
