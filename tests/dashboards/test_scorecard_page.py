"""The scorecard as a page: values, filters, drawers, empty and error states."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from literal_warehouse import publish
from page_reading import markup, open_page, text, tile

from pipeline.kpis import kpi_rows
from pipeline.settings import WORKSPACE_VARIABLE


@pytest.mark.usefixtures("workspace")
def test_tiles_say_value_target_sample_and_trend() -> None:
    test = open_page()
    assert not test.exception
    cycle = tile(test, "Cycle time")
    assert "6.0 business days" in cycle
    assert "▲ +2.0 to target 4.0, missed" in cycle
    assert "n 4 · none left out" in cycle
    assert "Jul 2024 Jun 2025, not over" in cycle
    assert "25 %" in tile(test, "Rework rate")
    assert "▼ \N{MINUS SIGN}25.0 points to target 50 %, met" in tile(test, "Rework rate")
    assert "USD 1.2 M" in tile(test, "Value returned")
    assert "1 returns" in tile(test, "Open returns")


def test_values_equal_kpi_rows(workspace: Path) -> None:
    with duckdb.connect(workspace / "builds" / "000001" / "warehouse.duckdb", read_only=True) as con:
        rows = {row.kpi: row for row in kpi_rows(con, date(2025, 6, 1), None, entities=["E1"])}
    test = open_page(entity=["E1"], from_="2025-06-01")
    assert f"{rows['cycle_time_days.mean'].value:.1f} business days" in tile(test, "Cycle time")
    assert f"n {rows['cycle_time_days.mean'].n} " in tile(test, "Cycle time")
    assert rows["cycle_time_days.mean"].value == 3


@pytest.mark.usefixtures("workspace")
def test_unreliable_tile_is_hatched_and_says_why() -> None:
    test = open_page()
    assert "Not reliable: only 50 % have the data it needs (1 with no receipt)." in tile(test, "Credit lag")
    assert markup(test).count("rt-unreliable") == 1


@pytest.mark.usefixtures("workspace")
def test_a_tile_says_what_it_leaves_out_by_reason() -> None:
    shown = tile(open_page(), "Decision to credit")
    assert "Left out: 1 credited before decision" in shown
    assert "n 1 · 50 % left out" in shown


@pytest.mark.usefixtures("workspace")
def test_first_sentence_names_the_reliable_kpi_that_misses_its_target_most() -> None:
    assert (
        "Cycle time is 6.0 business days on average, 2.0 over its target of 4.0. "
        "It is the one of 2 targets that is missed." in text(open_page())
    )


@pytest.mark.usefixtures("workspace")
def test_cohort_sentence_is_always_there() -> None:
    assert (
        "All entities, all dates (each KPI by its own date, see Details): all 6 returns; 1 still open. "
        "As of 20 Jun 2025, 15:00 UTC. Build 1, Retrace 9.9.9." in text(open_page())
    )
    filtered = text(open_page(entity=["E2"], to="2025-06-01"))
    assert "Prairie Supply, up to 31 May 2025 (each KPI by its own date, see Details): 1 of 6 returns" in filtered


@pytest.mark.usefixtures("workspace")
def test_entity_filter_brings_its_own_target() -> None:
    assert "▲ +1.0 to target 8.0, missed" in tile(open_page(entity=["E2"]), "Cycle time")


@pytest.mark.usefixtures("workspace")
def test_period_is_compared_with_the_period_before() -> None:
    shown = tile(open_page(from_="2025-06-01", to="2025-07-01"), "Cycle time")
    assert "5.0 business days" in shown
    assert "▼ \N{MINUS SIGN}4.0 from the period before, better" in shown


@pytest.mark.usefixtures("workspace")
def test_filter_widgets_change_the_page() -> None:
    test = open_page()
    test.multiselect(key="entity").set_value(["E2"]).run()
    assert "9.0 business days" in tile(test, "Cycle time")
    test.button(key="show-everything").click().run()
    assert "6.0 business days" in tile(test, "Cycle time")


@pytest.mark.usefixtures("workspace")
def test_a_period_without_items_is_named_and_undone() -> None:
    test = open_page(from_="2031-01-01")
    assert "The period filter empties this page" in test.info[0].value
    test.button(key="undo-period").click().run()
    assert not test.info
    assert "6.0 business days" in tile(test, "Cycle time")


@pytest.mark.usefixtures("workspace")
def test_two_filters_that_empty_the_page_together_are_both_named() -> None:
    test = open_page(entity=["E1"], to="2025-06-01")
    assert "The two filters together empty this page" in test.info[0].value
    assert {button.key for button in test.button} >= {"undo-period", "undo-entities"}


@pytest.mark.usefixtures("workspace")
def test_a_period_without_a_day_is_an_error_in_words() -> None:
    test = open_page(from_="2025-06-02", to="2025-06-02")
    assert "has no day in it" in test.error[0].value
    test.button(key="undo-broken-period").click().run()
    assert not test.error


@pytest.mark.usefixtures("workspace")
def test_a_tile_opens_its_definition_numbers_and_breakdown() -> None:
    test = open_page(kpi="rework_rate")
    shown = text(test)
    assert "Definition Share reopened, asked again for information after the RMA" in shown
    assert "Numerator 1 Denominator 4 n 4 Left out nothing Coverage 100 %" in shown
    test.button_group(key="kpi-by").set_value("site").run()
    assert len(test.get("plotly_chart")) == 2


@pytest.mark.usefixtures("workspace")
def test_all_statistics_of_a_distribution_are_in_its_drawer() -> None:
    shown = text(open_page(kpi="cycle_time_days"))
    assert "mean 6.0 business days 4 median 6.5 business days 4 90th percentile 9.0 business days 4" in shown


@pytest.mark.usefixtures("workspace")
def test_cycle_time_does_not_forget_the_returns_still_open() -> None:
    shown = text(open_page(kpi="cycle_time_days"))
    assert "Of the 6 returns requested in the period, 4 are closed, 1 still open and 1 declined or cancelled." in shown
    assert "the median is 1.7 business days and the mean of the first 5.0 business days is 2.3 business days" in shown


@pytest.mark.usefixtures("workspace")
def test_foreign_names_are_text_never_markup() -> None:
    test = open_page(entity=["E1"], kpi="cycle_time_days")
    assert "<script" not in markup(test)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in markup(test)
    assert all("<script" not in chart.proto.spec for chart in test.get("plotly_chart"))


@pytest.mark.usefixtures("workspace")
def test_an_unknown_kpi_in_the_url_opens_nothing() -> None:
    test = open_page(kpi="<b>nonsense</b>")
    assert not test.exception
    assert "Definition" not in text(test)


def test_a_new_build_is_shown_without_restart(workspace: Path, literal_warehouse: Path) -> None:
    test = open_page()
    path = publish(literal_warehouse, workspace, 2)
    with duckdb.connect(path) as con:
        con.execute("update marts.kpi_items set value = 7 where kpi = 'cycle_time_days'")
    shown = tile(test.run(), "Cycle time")
    assert "7.0 business days" in shown
    assert "Build 2" in text(test)


def test_a_reader_keeps_going_when_its_build_is_deleted(workspace: Path, literal_warehouse: Path) -> None:
    test = open_page()
    publish(literal_warehouse, workspace, 2)
    shutil.rmtree(workspace / "builds" / "000001")
    assert not test.run().error


def test_no_workspace_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WORKSPACE_VARIABLE, raising=False)
    test = open_page()
    assert "No workspace is named" in test.error[0].value
    assert not test.exception


def test_no_build_yet_is_an_error_in_words(workspace: Path) -> None:
    (workspace / "current").unlink()
    assert "has no published build yet" in open_page().error[0].value


def test_a_broken_warehouse_is_an_error_in_words(workspace: Path) -> None:
    (workspace / "builds" / "000001" / "warehouse.duckdb").write_bytes(b"no warehouse")
    test = open_page()
    assert "cannot be read" in test.error[0].value
    assert not test.exception


@pytest.mark.usefixtures("workspace")
def test_filters_are_in_the_url() -> None:
    test = open_page()
    test.multiselect(key="entity").set_value(["E2"])
    test.date_input(key="from").set_value(date(2025, 6, 1)).run()
    assert test.query_params["entity"] in ("E2", ["E2"])
    assert test.query_params["from"] in ("2025-06-01", ["2025-06-01"])
    assert "to" not in test.query_params


@pytest.mark.usefixtures("workspace")
def test_what_a_url_cannot_mean_is_ignored() -> None:
    test = open_page(entity=["nobody"], from_="yesterday", to="2025-13-01")
    assert not test.exception
    assert "All entities, all dates" in text(test)
