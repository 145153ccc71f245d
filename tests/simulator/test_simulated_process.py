"""The process behaves as its scenario says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from extract_rows import Rows, read_rows

from simulator import Truth, simulate
from simulator.clock import minutes_of
from simulator.scenario import load_scenario


def people(rows: Rows, column: str) -> Rows:
    """Rows that a person wrote, not a service account."""
    return [row for row in rows if row[column] and not row[column].startswith("SVC")]


@pytest.fixture
def weeks(clean: Path) -> dict[str, dict[int, tuple[int, int]]]:
    """Opening minutes by entity and ISO weekday."""
    calendars = {row["entity_id"]: row["calendar_id"] for row in read_rows(clean, "reference", "entities")}
    rows = read_rows(clean, "reference", "calendars")
    return {
        entity: {
            int(row["weekday"]): (minutes_of(row["open_time"]), minutes_of(row["close_time"]))
            for row in rows
            if row["calendar_id"] == calendar
        }
        for entity, calendar in calendars.items()
    }


def test_people_receive_goods_in_open_hours_only(clean: Path, weeks: dict[str, dict[int, tuple[int, int]]]) -> None:
    entities = {row["site_id"]: row["entity_id"] for row in read_rows(clean, "wms", "sites")}
    for row in read_rows(clean, "wms", "receipts"):
        moment = datetime.fromisoformat(row["received_at"])
        opens, closes = weeks[entities[row["site_id"]]][moment.isoweekday()]
        assert opens * 60 <= moment.hour * 3600 + moment.minute * 60 + moment.second <= closes * 60


def test_nobody_inspects_on_a_holiday(clean: Path) -> None:
    holidays = {
        (row["calendar_id"], date.fromisoformat(row["holiday_date"]))
        for row in read_rows(clean, "reference", "holidays")
    }
    calendars = {row["entity_id"]: row["calendar_id"] for row in read_rows(clean, "reference", "entities")}
    entities = {row["site_id"]: row["entity_id"] for row in read_rows(clean, "wms", "sites")}
    sites = {row["receipt_id"]: row["site_id"] for row in read_rows(clean, "wms", "receipts")}
    for row in read_rows(clean, "wms", "inspections"):
        calendar = calendars[entities[sites[row["receipt_id"]]]]
        assert (calendar, datetime.fromisoformat(row["started_at"]).date()) not in holidays


def test_the_bottleneck_inspects_on_its_two_days_only(clean: Path) -> None:
    sites = {row["receipt_id"]: row["site_id"] for row in read_rows(clean, "wms", "receipts")}
    rows = [row for row in read_rows(clean, "wms", "inspections") if sites[row["receipt_id"]] == "202"]
    assert {datetime.fromisoformat(row["started_at"]).isoweekday() for row in rows} == {2, 4}


def test_systems_approve_by_night_too_but_people_do_not(clean: Path) -> None:
    zones = {row["entity_id"]: ZoneInfo(row["time_zone"]) for row in read_rows(clean, "reference", "entities")}
    entities = {row["return_id"]: row["entity_id"] for row in read_rows(clean, "erp", "returns")}
    approvals = [row for row in read_rows(clean, "erp", "return_status_changes") if row["to_status"] == "approved"]
    by_hand = people(approvals, "changed_by")
    hours = {
        datetime.fromisoformat(row["changed_at"]).astimezone(zones[entities[row["return_id"]]]).hour for row in by_hand
    }
    assert by_hand
    assert len(by_hand) < len(approvals)
    assert hours <= {15, 16, 17}


def test_a_job_of_one_person_never_overlaps_another(clean: Path) -> None:
    spans: dict[str, list[tuple[str, str]]] = {}
    for row in read_rows(clean, "wms", "inspections"):
        spans.setdefault(row["inspected_by"], []).append((row["started_at"], row["completed_at"] or "9999"))
    for jobs in spans.values():
        ordered = sorted(jobs)
        assert all(before[1] <= after[0] for before, after in pairwise(ordered))


def test_the_planted_bottleneck_waits_longest(truth: Truth) -> None:
    assert truth.bottleneck is not None
    assert max(truth.waits, key=lambda place: truth.waits[place]) == f"quality {truth.bottleneck.site_id}"


def test_the_redesign_leaves_less_waiting(truth: Truth, tmp_path: Path) -> None:
    redesigned = simulate(tmp_path / "redesign", returns=400, seed=11, scenario="redesign")
    assert redesigned.waits["quality 202"] < truth.waits["quality 202"] / 4


def test_more_people_in_one_team_leave_less_waiting(truth: Truth, tmp_path: Path) -> None:
    scenario = tmp_path / "staffed.yml"
    scenario.write_text('based_on: baseline\nteams: {quality: {at: {"202": {people: 3}}}}\n', encoding="utf-8")
    staffed = simulate(tmp_path / "staffed", returns=400, seed=11, scenario=scenario)
    assert staffed.waits["quality 202"] < truth.waits["quality 202"]


def test_rates_are_near_those_of_the_scenario(clean: Path) -> None:
    behaviour = load_scenario("clean").behaviour
    returns = len(read_rows(clean, "erp", "returns"))
    changes = read_rows(clean, "erp", "return_status_changes")
    declined = sum(row["to_status"] == "declined" for row in changes) / returns
    with_case = len({row["rma_number"] + row["entity_id"] for row in read_rows(clean, "crm", "cases")}) / returns
    assert declined == pytest.approx(behaviour.declined, abs=0.02)
    assert with_case == pytest.approx(behaviour.with_case, abs=0.05)


def test_the_last_returns_are_still_open_at_the_end(clean: Path) -> None:
    done = {
        row["return_id"]
        for row in read_rows(clean, "erp", "return_status_changes")
        if row["to_status"] in ("closed", "declined", "cancelled")
    }
    rows = read_rows(clean, "erp", "returns")
    still_open = [row for row in rows if row["return_id"] not in done]
    last = max(datetime.fromisoformat(row["created_at"]) for row in rows)
    assert 0.02 < len(still_open) / len(rows) < 0.25
    assert all(datetime.fromisoformat(row["created_at"]) > last - timedelta(days=50) for row in still_open)
