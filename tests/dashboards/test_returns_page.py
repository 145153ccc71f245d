"""The returns as a page: one by one, what they add up to, where each leads, and all of them as a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pytest
from page_reading import markup, open_page, text

from dashboards.paging import choose_page
from dashboards.published import published_build
from dashboards.queries import returns_list
from dashboards.queries.asking import rows
from dashboards.returns_list.listing import ORDERS, Listed, Order, Totals
from dashboards.returns_list.words import lead
from dashboards.scope import Scope
from pipeline import formats
from pipeline.kpis import kpi_rows
from pipeline.publish import open_published

SPACE = "\N{NO-BREAK SPACE}"
SUMS = Totals(12, 3, 8, 8, 11, 2, 1500.0, 9.5, 6.25)


def everything(order: Order = "newest") -> list[Listed]:
    build = published_build()
    pages = -(-returns_list.totals(build, Scope()).returns // returns_list.PAGE_ROWS)
    return [one for page in range(1, pages + 1) for one in returns_list.listed(build, Scope(), order, "business", page)]


def test_totals_are_those_of_the_kpis_and_of_the_rows(real_workspace: Path) -> None:
    with open_published(real_workspace) as published:
        kpis = {row.kpi: row for row in kpi_rows(published.connection)}
    totals, listed = returns_list.totals(published_build(), Scope()), everything()
    assert totals.returns == len(listed) == len({one.case_id for one in listed})
    assert totals.still_open == kpis["open_returns"].value == sum(one.state == "open" for one in listed)
    assert totals.clocked == kpis["cycle_time_days.median"].n
    assert totals.median_business_days == pytest.approx(kpis["cycle_time_days.median"].value)
    assert totals.value == pytest.approx(sum(one.value or 0.0 for one in listed))
    assert totals.with_exceptions == sum(one.open_exceptions > 0 for one in listed) > 0


@pytest.mark.usefixtures("real_workspace")
def test_times_are_those_of_the_page_of_one_return() -> None:
    asked = """
        select case_id, sum(elapsed_micros) / 86400e6, sum(business_micros) / 1e6 / any_value(standard_day_seconds)
        from event_log.segments inner join event_log.cases using (case_id)
        where is_closed or is_open
        group by case_id
    """
    of_segments = {case: days for case, *days in rows(published_build(), asked)}
    listed = [one for one in everything() if one.state in ("open", "closed")]
    assert {one.state for one in listed} == {"open", "closed"}
    for one in listed:
        assert [one.elapsed_days, one.business_days] == pytest.approx(of_segments[one.case_id])


@pytest.mark.usefixtures("real_workspace")
def test_every_order_puts_its_first_on_top_and_leaves_none_out() -> None:
    newest = everything()
    assert newest == sorted(newest, key=lambda one: one.started_at, reverse=True)
    found = {order: everything(order) for order in ORDERS}
    assert all(set(listed) == set(newest) for listed in found.values())
    values = [one.value if one.value is not None else -1.0 for one in found["dearest"]]
    assert values == sorted(values, reverse=True)
    cycle = [(one.business_days or 0.0) if one.state == "closed" else -1.0 for one in found["longest"]]
    assert cycle == sorted(cycle, reverse=True)
    flagged = [one.open_exceptions for one in found["most exceptions"]]
    assert flagged == sorted(flagged, reverse=True)
    age = [one.elapsed_days if one.state == "open" else -1.0 for one in found["oldest open"]]
    assert age == sorted(age, reverse=True)


@pytest.mark.usefixtures("real_workspace")
def test_every_row_leads_to_its_return_under_the_same_filters() -> None:
    entity = everything()[0].entity_id
    test = open_page("returns_list", entity=[entity], **{"returns-order": "dearest"})
    assert not test.exception
    shown = returns_list.listed(published_build(), Scope(entities=(entity,)), "dearest", "business", 1)
    page = markup(test)
    for one in shown:
        assert f'href="/return?return={one.case_id}&amp;entity={entity}"' in page
        assert one.entity_id == entity
        assert f"{one.value:,.2f}" in page


@pytest.mark.usefixtures("real_workspace")
def test_the_url_brings_back_a_page() -> None:
    listed = everything("longest")
    test = open_page("returns_list", **{"returns-order": "longest", "returns-page": "2"})
    shown = text(test)
    of = formats.count(len(listed))
    assert f"{returns_list.PAGE_ROWS + 1} to {min(2 * returns_list.PAGE_ROWS, len(listed))} of {of}" in shown
    assert str(listed[returns_list.PAGE_ROWS].rma_number) in shown


@pytest.mark.usefixtures("real_workspace")
def test_a_filter_that_leaves_nothing_is_named_and_undone() -> None:
    test = open_page("returns_list", from_="2099-01-01")
    assert "The period filter empties this page" in test.info[0].value
    test.button(key="undo-period").click().run()
    assert "returns, worth" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_the_file_has_every_return_in_the_order_of_the_page_and_nobody_by_name() -> None:
    listed = everything("dearest")
    written = returns_list.listing_csv(published_build(), Scope(), "dearest", "business").decode()
    lines = list(csv.DictReader(io.StringIO(written)))
    assert [line["case_id"] for line in lines] == [one.case_id for one in listed]
    for line, one in zip(lines, listed, strict=True):
        assert line["state"] == one.state
        assert line["started_at"] == f"{one.started_at:%Y-%m-%dT%H:%M:%S.%fZ}"
        assert float(line["elapsed_days"]) == one.elapsed_days
        assert line["value"] == ("" if one.value is None else repr(one.value))
        assert line["currency"] == "USD"
    assert "customer" not in lines[0]


def test_cells_of_the_file_never_run_as_formulas(workspace: Path) -> None:
    [warehouse] = workspace.glob("builds/*/warehouse.duckdb")
    with duckdb.connect(warehouse) as con:
        con.execute("""
            create or replace table returns.as_of as select timestamp '2025-09-01' as as_of_at;
            create or replace table marts.exceptions (case_id varchar, resolved_at timestamp);
            create or replace table staging.business_days (
                entity_id varchar, local_date date, opens_at timestamp, open_micros bigint, open_micros_before bigint
            );
            alter table event_log.cases add column if not exists is_cancelled boolean;
            alter table event_log.cases add column if not exists is_declined boolean;
            alter table event_log.cases add column if not exists closed_at timestamp;
            alter table event_log.cases add column if not exists return_value double;
            alter table event_log.cases add column if not exists credit_value double;
        """)
        for column in ("rma_number", "site", "channel", "reason", "category", "supplier", "requested_resolution"):
            con.execute(f"alter table event_log.cases add column if not exists {column} varchar")
            con.execute(f"update event_log.cases set {column} = '=cmd|calc'")
    written = returns_list.listing_csv(published_build(), Scope(), "newest", "business").decode()
    lines = list(csv.DictReader(io.StringIO(written)))
    assert len(lines) == 6
    assert {line["site"] for line in lines} == {line["rma_number"] for line in lines} == {"'=cmd|calc"}


def test_the_first_sentence_counts_what_is_open_and_what_it_is_worth() -> None:
    assert lead(SUMS, "business", "USD").replace(SPACE, " ") == (
        "12 returns, worth USD 1.5 k, 3 of them open. Half of the 8 closed ones took 6.2 business days or less from "
        "request to close. 2 have an open exception."
    )
    alone = Totals(1, 1, 0, 0, 0, 0, 0.0, None, None)
    assert lead(alone, "elapsed", "USD") == "1 return, 1 of them open. None is closed yet. None has an open exception."


def test_one_page_has_nothing_to_turn() -> None:
    assert choose_page(7, 20, "alone") == 1
