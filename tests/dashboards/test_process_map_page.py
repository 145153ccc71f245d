"""The process map as a page: what it shows, hides and says."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pytest
from page_reading import open_page, text

from dashboards.process_map.edge_table import edges_csv
from dashboards.published import published_build
from dashboards.queries import returns
from dashboards.scope import Scope


@pytest.mark.usefixtures("workspace")
def test_page_says_what_it_shows_and_hides() -> None:
    test = open_page("process_map")
    assert not test.exception
    assert "Showing 6 of 6 steps, 100 % of returns, 100 % of handoffs; 0 edges hidden." in text(test)
    assert "All entities, all dates (by the date of the first event): all 6 returns; 1 still open." in text(test)


@pytest.mark.usefixtures("workspace")
def test_fewer_steps_hide_edges_and_returns() -> None:
    test = open_page("process_map")
    test.slider(key="steps").set_value(5).run()
    assert "Showing 5 of 6 steps, 83 % of returns, 94 % of handoffs; 1 edge hidden." in text(test)
    assert "Return Declined" not in set(test.dataframe[0].value["To"])


@pytest.mark.usefixtures("workspace")
def test_table_has_the_numbers_of_the_map() -> None:
    table = open_page("process_map").dataframe[0].value.set_index(["From", "To"])
    row = table.loc["Return Approved", "Goods Received"]
    assert row["Returns"] == 5
    assert row["Times"] == 5
    assert row["Median wait (business d)"] == 1.0  # 24 h, a third of them open, a day has 8 h
    assert row["Mean wait (business d)"] == round((48 + 24 + 72 + 24 + 20) / 5 / 3 / 8, 2)
    assert round(row["Share of returns"]) == 83


@pytest.mark.usefixtures("workspace")
def test_clock_switch_turns_to_elapsed_time() -> None:
    test = open_page("process_map")
    test.button_group(key="clock").set_value("elapsed").run()
    table = test.dataframe[0].value.set_index(["From", "To"])
    assert table.loc["Return Approved", "Goods Received"]["Median wait (elapsed d)"] == 1.0


@pytest.mark.usefixtures("workspace")
def test_filters_narrow_the_map() -> None:
    test = open_page("process_map", entity=["E2"], to="2025-06-05")
    assert "Prairie Supply, up to 4 Jun 2025 (by the date of the first event): 1 of 6 returns" in text(test)
    assert "Showing 5 of 5 steps" in text(test)


@pytest.mark.usefixtures("workspace")
def test_a_filter_that_leaves_no_return_is_named() -> None:
    test = open_page("process_map", entity=["E1"], from_="2025-06-11")
    assert "The two filters together empty this page" in test.info[0].value
    assert "\\<script\\>" in test.info[0].value
    test.button(key="undo-entities").click().run()
    assert "Showing" in text(test)


@pytest.mark.usefixtures("workspace")
def test_a_filter_that_keeps_everything_changes_nothing() -> None:
    build = published_build()
    everybody = Scope(entities=("E1", "E2"))
    assert returns.flow(build, everybody) == returns.flow(build, Scope())


@pytest.mark.usefixtures("workspace")
def test_download_is_the_export() -> None:
    edges = returns.flow(published_build(), Scope()).edges
    rows = list(csv.DictReader(io.StringIO(edges_csv(edges))))
    assert len(rows) == len(edges)
    first = rows[0]
    assert (first["activity"], first["next_activity"], first["cases"]) == ("RMA Created", "Return Approved", "5")
    assert float(first["median_seconds"]) == 3 * 3600


def test_a_log_without_events_is_said(workspace: Path) -> None:
    with duckdb.connect(workspace / "builds" / "000001" / "warehouse.duckdb") as con:
        con.execute("delete from event_log.cases; delete from event_log.events")
    assert "holds no returns yet" in open_page("process_map").info[0].value
