"""The process map as a page: what it shows, hides and says."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import duckdb
import pytest
from page_reading import open_page, text

from dashboards.process_map.edge_table import edges_csv
from dashboards.published import published_build
from dashboards.queries import process_map, returns
from dashboards.scope import Scope
from mining.cohort import Activities, And, Cohort, Follower, Not, Period, choose


@pytest.mark.usefixtures("literals")
def test_page_says_what_it_shows_and_hides() -> None:
    test = open_page("process_map", sight="most frequent")
    assert not test.exception
    assert "Showing 6 of 6 steps, 100 % of returns, 100 % of handoffs; 0 edges hidden." in text(test)
    assert "All entities, all dates (by the date of the first event): all 6 returns; 1 still open." in text(test)


@pytest.mark.usefixtures("literals")
def test_lead_tells_the_most_common_way_and_where_it_waits() -> None:
    everything = published_build(), Cohort().to_json(), False
    edges, paths = process_map.found(*everything).edges, process_map.frequent_paths(*everything)
    closed = {path: taken for path, taken in paths.items() if path[-1] == "Return Closed"}
    said = text(open_page("process_map", clock="elapsed"))
    assert f"{sum(closed.values())} of 6 returns ({round(100 * sum(closed.values()) / 6)} %) end with" in said
    steps = {len(path) for path, taken in closed.items() if taken == max(closed.values())}
    assert any(f"has {number} steps, and {max(closed.values())} of 6 returns" in said for number in steps)
    longest = max(edges, key=lambda one: one.total_seconds)
    share = round(100 * longest.total_seconds / sum(one.total_seconds for one in edges))
    assert f"Most elapsed time passes from {longest.activity} to {longest.next_activity}: {share} %" in said


@pytest.mark.usefixtures("literals")
def test_fewer_steps_hide_edges_and_returns() -> None:
    test = open_page("process_map", sight="most frequent")
    test.slider(key="steps").set_value(5).run()
    assert "Showing 5 of 6 steps, 83 % of returns, 94 % of handoffs; 1 edge hidden." in text(test)
    assert "Return Declined" not in set(test.dataframe[0].value["To"])


@pytest.mark.usefixtures("literals")
def test_a_filter_that_leaves_fewer_edges_than_were_asked_for_shows_them_all() -> None:
    test = open_page("process_map")
    most = int(test.slider(key="edges-most").max)
    test.slider(key="edges-most").set_value(most).run()
    test.query_params["entity"], test.query_params["to"] = "E2", "2025-06-05"
    test.run()
    assert not test.exception
    assert test.slider(key="edges-most").value == 4 < most


@pytest.mark.usefixtures("literals")
def test_table_has_the_numbers_of_the_map() -> None:
    table = open_page("process_map").dataframe[0].value.set_index(["From", "To"])
    row = table.loc["Return Approved", "Goods Received"]
    assert row["Returns"] == 5
    assert row["Times"] == 5
    assert row["Median wait (business d)"] == 1.0  # 24 h, a third of them open, a day has 8 h
    assert row["Mean wait (business d)"] == round((48 + 24 + 72 + 24 + 20) / 5 / 3 / 8, 2)
    assert round(row["Share of returns"]) == 83


@pytest.mark.usefixtures("literals")
def test_clock_switch_turns_to_elapsed_time() -> None:
    test = open_page("process_map")
    test.button_group(key="clock").set_value("elapsed").run()
    table = test.dataframe[0].value.set_index(["From", "To"])
    assert table.loc["Return Approved", "Goods Received"]["Median wait (elapsed d)"] == 1.0


@pytest.mark.usefixtures("literals")
def test_filters_narrow_the_map() -> None:
    test = open_page("process_map", entity=["E2"], to="2025-06-05")
    assert "Prairie Supply, up to 4 Jun 2025 (by the date of the first event): 1 of 6 returns" in text(test)
    assert "Showing 5 of 5 steps" in text(test)


@pytest.mark.usefixtures("literals")
def test_a_filter_that_leaves_no_return_is_named() -> None:
    test = open_page("process_map", entity=["E1"], from_="2025-06-11")
    assert "The two filters together empty this page" in test.info[0].value
    assert "\\<script\\>" in test.info[0].value
    test.button(key="undo-entities").click().run()
    assert "Showing" in text(test)


@pytest.mark.usefixtures("literals")
def test_a_filter_that_keeps_everything_changes_nothing() -> None:
    everybody = Scope(entities=("E1", "E2")).cohort().to_json()
    build, everything = published_build(), Cohort().to_json()
    assert process_map.found(build, everybody, True) == process_map.found(build, everything, True)


@pytest.mark.usefixtures("literals")
def test_download_is_the_export() -> None:
    edges = process_map.found(published_build(), Cohort().to_json(), True).edges
    rows = list(csv.DictReader(io.StringIO(edges_csv(edges))))
    assert len(rows) == len(edges)
    first = rows[0]
    assert (first["activity"], first["next_activity"], first["cases"]) == ("RMA Created", "Return Approved", "5")
    assert float(first["median_seconds"]) == 3 * 3600


def test_a_log_without_events_is_said(workspace: Path) -> None:
    with duckdb.connect(workspace / "builds" / "000001" / "warehouse.duckdb") as con:
        con.execute("delete from event_log.cases; delete from event_log.events")
    assert "holds no returns yet" in open_page("process_map").info[0].value


@pytest.mark.usefixtures("literals")
def test_a_picked_edge_says_its_measures_and_keeps_its_returns() -> None:
    test = open_page("process_map", pick="Edge: Return Approved → Goods Received")
    said = text(test)
    assert "5 of 6 returns (83 %), 5 times" in said
    assert "Median wait 24 h 8.0 h" in said or "Median wait 1.0 d 1.0 d" in said
    test.button(key="keep-picked").click().run()
    assert "Return Approved is directly followed by Goods Received" in text(test)
    assert "5 of 6 returns; " in text(test)
    rule = Follower(("Return Approved",), ("Goods Received",), "directly")
    kept = test.query_params["cohort"]
    assert Cohort.from_url(kept[0] if isinstance(kept, list) else kept) == Cohort((rule,))
    log = choose(returns.returns_log(published_build(), Scope()), Cohort((rule,)))
    assert log.rows("cohort_counts")[0][0] == 5
    again = open_page("process_map", cohort=kept)
    assert "5 of 6 returns; " in text(again)


@pytest.mark.usefixtures("literals")
def test_dropped_returns_are_the_others() -> None:
    test = open_page("process_map", pick="Step: Return Declined")
    test.button(key="drop-picked").click().run()
    assert "5 of 6 returns; " in text(test)
    cohort = Cohort((Not(Activities(all_of=("Return Declined",))),)).to_json()
    assert process_map.size(published_build(), cohort) == 5


@pytest.mark.usefixtures("literals")
def test_rules_that_leave_no_return_say_so() -> None:
    both = Cohort((Activities(all_of=("Return Declined", "Goods Received")),)).to_url()
    test = open_page("process_map", cohort=both)
    assert "the filters besides period and entities keep no return" in test.info[0].value
    test.button(key="undo-rules").click().run()
    assert "all 6 returns" in text(test)


@pytest.mark.usefixtures("literals")
def test_rules_that_cannot_be_read_are_said_and_can_be_undone() -> None:
    test = open_page("process_map", cohort="broken")
    assert "cut or changed" in test.error[0].value
    test.button(key="undo-broken-rules").click().run()
    assert "all 6 returns" in text(test)


@pytest.mark.usefixtures("literals")
@pytest.mark.parametrize("shown", ["p90 wait", "total wait", "returns", "times", "value waiting"])
def test_every_measure_can_be_shown(shown: str) -> None:
    test = open_page("process_map", show=shown)
    assert not test.exception
    assert not test.error
    assert "Showing 6 of 6 steps" in text(test)


@pytest.mark.usefixtures("literals")
def test_few_returns_are_not_compared() -> None:
    said = text(open_page("process_map", against="all other returns", entity=["E2"]))
    assert "Too few returns to compare: 3 here, 3 there." in said
    assert "Here: the selection, n 3. There: all other returns, n 3. No return is on both sides." in said


@pytest.mark.usefixtures("literals")
def test_a_selection_of_everything_has_no_others() -> None:
    said = text(open_page("process_map", against="all other returns"))
    assert "The selection holds all returns; there are no others." in said
    assert "Showing 6 of 6 steps" in said


@pytest.mark.usefixtures("real_workspace")
def test_two_periods_differ_in_words_and_numbers() -> None:
    test = open_page("process_map", to="2025-03-01", against="all other returns")
    assert not test.exception
    here, there = (process_map.size(published_build(), cohort) for cohort in _sides(date(2025, 3, 1)))
    assert here + there == process_map.size(published_build(), Cohort().to_json())
    said = text(test)
    assert f"Here: the selection, n {here}. There: all other returns, n {there}. No return is on both sides." in said
    table = test.dataframe[0].value
    assert set(table["Returns here"] <= here) == {True}
    assert any(table["Difference (points)"] != 0)


def _sides(end: date) -> tuple[str, str]:
    here = Scope(end=end).cohort()
    [rule] = here.steps
    assert isinstance(rule, Period)
    return here.to_json(), Cohort((Not(And((rule,))),)).to_json()
