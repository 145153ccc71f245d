"""The filters of all pages: kept beneath every query, in the URL, in words, and undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from page_reading import open_page, text

from dashboards.cuts import MOST_CUTS, Cuts
from dashboards.filters.state import rules_in
from dashboards.published import connection, published_build
from dashboards.queries import kpis, returns
from dashboards.queries.asking import rows
from dashboards.scope import Scope
from mining.cohort import And, Attribute, Cohort, Exceptions, Not, Or, Rework, State, TrimToEndpoints
from pipeline import warehouse
from pipeline.errors import UsageError
from pipeline.kpis import kpi_rows

OPEN = State(("open",))


@pytest.mark.usefixtures("real_workspace")
def test_every_table_of_the_log_holds_the_returns_of_the_cohort_only() -> None:
    build = published_build()
    members = {row[0] for row in rows(build, "select case_id from event_log.cases where is_open")}
    assert members
    cut = build.keeping(Cohort((OPEN,)))
    listed = """
        select distinct table_schema || '.' || table_name, column_name
        from information_schema.columns
        where table_schema in ('event_log', 'marts', 'returns') and column_name in ('case_id', 'return_id')
    """
    keyed = rows(build, listed)
    assert len(keyed) > 20
    for table, key in keyed:
        found = {row[0] for row in rows(cut, f"select distinct {key} from {table}")}
        assert found - {None} <= members, table
    assert {row[0] for row in rows(cut, "select case_id from event_log.cases")} == members
    assert rows(cut, "select count(*) from staging.kpis") == rows(build, "select count(*) from staging.kpis")


@pytest.mark.usefixtures("real_workspace")
def test_a_rule_and_the_entity_filter_leave_the_same_kpis() -> None:
    build = published_build()
    [(entity,)] = rows(build, "select entity_id from event_log.cases group by entity_id order by count(*) desc limit 1")
    by_rule = build.keeping(Cohort((Attribute("entity_id", (entity,)),)))
    asked = kpi_rows(connection(build), entities=[entity])
    ruled = {row.kpi: row for row in kpis.kpis(by_rule, Scope())}
    for row in asked:
        if row.kpi.startswith(("cycle_time", "credit_lag", "rework")):
            assert ruled[row.kpi] == row


@pytest.mark.usefixtures("real_workspace")
def test_keeping_and_dropping_part_the_returns() -> None:
    build = published_build()
    kept, dropped = (returns.cohort(build, Scope().with_rules(rule)) for rule in (Rework(), Not(Rework())))
    assert kept.returns + dropped.returns == kept.of
    assert kept.still_open + dropped.still_open == returns.cohort(build, Scope()).still_open


@pytest.mark.usefixtures("real_workspace")
def test_answers_of_two_cohorts_with_equal_fields_are_kept_apart() -> None:
    build, parts = published_build(), (OPEN, Exceptions())
    both = returns.cohort(build, Scope().with_rules(And(parts)))
    either = returns.cohort(build, Scope().with_rules(Or(parts)))
    assert both.returns < either.returns


@pytest.mark.usefixtures("real_workspace")
def test_a_link_shows_the_filters_and_undoes_them() -> None:
    link = Cohort((OPEN,)).to_url()
    test = open_page("time", cohort=link)
    assert "that are open" in text(test)
    said = returns.cohort(published_build(), Scope().with_rules(OPEN))
    assert said.in_words() in text(test)
    test.button(key="show-everything").click().run()
    assert "that are open" not in text(test)
    assert "cohort" not in test.query_params


@pytest.mark.usefixtures("real_workspace")
def test_a_link_with_an_attribute_that_the_log_lacks_is_an_error_with_a_way_back() -> None:
    test = open_page("time", cohort=Cohort((Attribute("colour", ("red",)),)).to_url())
    assert "no attribute 'colour'" in test.error[0].value
    test.button(key="undo-broken-rules").click().run()
    assert not test.error


def test_cuts_that_nobody_reads_are_let_go(built_workspace: Path) -> None:
    [path] = built_workspace.glob("builds/*/warehouse.duckdb")
    with warehouse.reading_beside(path) as beside:
        cuts = Cuts(beside)
        for least in range(MOST_CUTS + 5):
            cohort = Cohort((Attribute("channel", (f"channel {least}",)),))
            assert cuts.connection(warehouse.PUBLISHED, cohort).execute(
                "select count(*) from event_log.cases"
            ).fetchone() == (0,)
        made = beside.execute("select count(*) from duckdb_tables() where table_name like 'cut_%'").fetchone()
        assert made is not None
        assert made[0] <= MOST_CUTS + 1


def test_readers_of_two_cohorts_at_once_see_each_their_own(built_workspace: Path) -> None:
    [path] = built_workspace.glob("builds/*/warehouse.duckdb")
    counted = "select count(*) from event_log.cases"
    with warehouse.reading_beside(path) as beside:
        cuts = Cuts(beside)
        everything = cuts.connection(warehouse.PUBLISHED, Cohort())
        still_open, others = (cuts.connection(warehouse.PUBLISHED, Cohort((rule,))) for rule in (OPEN, Not(OPEN)))
        found = [one.execute(counted).fetchall()[0][0] for one in (still_open, others, everything)]
        assert min(found[:2]) > 0
        assert found[0] + found[1] == found[2]
        stranger = beside.cursor()
        stranger.execute(f"use cuts_of_{warehouse.PUBLISHED}")
        with pytest.raises(duckdb.Error):
            stranger.execute(counted)


def test_a_limited_viewer_stays_limited_under_a_cohort(real_workspace: Path) -> None:
    whole = published_build()
    [(entity,)] = rows(whole, "select min(entity_id) from event_log.cases")
    limited = replace(whole, entities=(entity,)).keeping(Cohort((Not(Rework()),)))
    found = rows(
        limited,
        "select distinct entity_id from event_log.cases union all select distinct entity_id from marts.exceptions",
    )
    assert {row[0] for row in found} == {entity}
    assert rows(limited, "select count(*) from staging.stg_erp__customers") == [(0,)]


def test_a_scope_adds_a_rule_once() -> None:
    scope = Scope().with_rules(OPEN, OPEN).with_rules(OPEN)
    assert scope.rules == (OPEN,)
    assert not scope.is_everything
    assert scope.of_rules() == Scope()


def test_a_cohort_of_a_section_is_refused() -> None:
    with pytest.raises(UsageError, match="whole returns"):
        rules_in([Cohort((TrimToEndpoints(first=("Goods Received",)),)).to_url()])
