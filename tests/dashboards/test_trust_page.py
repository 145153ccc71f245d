"""The page about trust over a real build: its numbers are those of the load report and of mining."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pytest
from page_reading import markup, open_page, text

from mining.log import EventLog
from mining.log_quality import stamp_quality
from mining.stamp_gaps import kpi_intervals
from pipeline.export.records import records_csv
from pipeline.load_report import Refusal, refusals, table_loads
from pipeline.publish import open_published
from pipeline.settings import WORKSPACE_VARIABLE


def test_numbers_are_those_of_the_load_report_and_of_mining(real_workspace: Path) -> None:
    with open_published(real_workspace) as published:
        loads = table_loads(published.connection)
        log = EventLog(published.connection)
        quality, intervals = stamp_quality(log), kpi_intervals(log)
        [(checked,)] = published.connection.execute("select count(*) from quality.expectation_results").fetchall()
        manifest = published.manifest
    test = open_page("trust")
    assert not test.exception
    assert not test.error
    read = sum(one.rows_read for one in loads)
    assert f"every one of the {read:,} rows read is accounted for" in text(test)
    assert f"{checked:,} expectations hold" in text(test)
    tables = {frozenset(element.value.columns): element.value for element in test.dataframe}
    [shown] = [table for columns, table in tables.items() if "Superseded" in columns]
    assert shown["Read"].sum() == shown[["Kept", "Superseded", "Quarantined"]].sum().sum() == read
    assert set(shown["Adds up"]) == {"yes"}
    [stamps] = [table for columns, table in tables.items() if "Dates only" in columns]
    assert stamps["Events"].sum() == sum(one.events for one in quality) == manifest.events
    assert stamps["Dates only"].sum() == sum(one.dates for one in quality)
    [means] = [table for columns, table in tables.items() if "Least mean" in columns]
    assert list(means["Mean"]) == [round(one.mean, 2) for one in intervals if one.mean is not None]
    assert f"SHA-256 {manifest.extracts_sha256}" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_a_part_is_chosen_in_the_url() -> None:
    test = open_page("trust", **{"stamps-about": "Missing"})
    assert not test.exception
    assert any("Missing share" in element.value.columns for element in test.dataframe)


@pytest.mark.usefixtures("real_workspace")
def test_filters_change_the_stamps_and_not_the_load() -> None:
    everything, nothing = open_page("trust"), open_page("trust", from_="2080-01-01")
    assert not nothing.exception
    assert "The period filter empties this page" in nothing.info[0].value
    assert len(nothing.dataframe) < len(everything.dataframe)
    assert "rows read is accounted for" in text(nothing)
    assert "What do the KPIs mean?" in text(nothing)


def test_a_refused_row_shows_where_it_is_and_never_what_it_says(
    workspace_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ("crm", "cases", "crm/cases.csv", 7, "opened_at: not a timestamp: ann@example.com", '{"email": "ann"}')
    with duckdb.connect(workspace_copy / "builds" / "000001" / "warehouse.duckdb") as con:
        con.execute("insert into raw.quarantine values (?, ?, ?, ?, ?, ?)", row)
        found = refusals(con)
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(workspace_copy))
    test = open_page("trust")
    [table] = [element.value for element in test.dataframe if "For example" in element.value.columns]
    planted = table[table["Reason"] == "opened_at: not a timestamp"].iloc[0]
    assert (planted["Table"], planted["Rows"], planted["For example"]) == ("crm/cases", 1, "crm/cases.csv row 7")
    shown = "\n".join(
        [markup(test), *(element.value.to_csv() for element in test.dataframe), records_csv(Refusal, found)]
    )
    assert "ann" not in shown.replace("annot", "")


def test_downloads_have_the_fields_in_full_and_run_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(records_csv(Refusal, [Refusal("=cmd", "a", 3, "b, c")]))))
    assert rows == [{"table": "'=cmd", "reason": "a", "rows": "3", "examples": "b, c"}]
