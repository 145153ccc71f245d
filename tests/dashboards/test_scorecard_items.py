"""What stands behind each KPI adds up to it: the items one by one, and the groups of every slice."""

from __future__ import annotations

from math import fsum
from pathlib import Path

import pytest
from page_reading import markup, open_page, text

from dashboards.answers import Measure
from dashboards.published import Build, published_build
from dashboards.queries import kpi_items, kpis, reference
from dashboards.scope import Scope
from pipeline.kpi_breakdown import SLICES

ALL = Scope()


@pytest.fixture
def build(real_workspace: Path) -> Build:
    """The build of the real workspace."""
    assert real_workspace.is_dir()
    return published_build()


def pages(build: Build, measure: Measure, left_out: bool, items: int) -> list[kpi_items.KpiItem]:
    """All pages of what a measure counts or leaves out, and the one after, which is empty."""
    last = -(-items // kpi_items.PAGE_ROWS) + 1
    found = [kpi_items.items(build, ALL, measure, "lower", left_out, page) for page in range(1, last + 1)]
    assert not found[-1]
    return [one for page in found for one in page]


def test_the_items_of_every_measure_add_up_to_its_value(build: Build) -> None:
    rows = {row.kpi: row for row in kpis.kpis(build, ALL)}
    for measure in reference.measures(build):
        row = rows[measure.measure]
        counted, left_out = (pages(build, measure, kind, size) for kind, size in ((False, row.n), (True, row.left_out)))
        assert (len(counted), len(left_out)) == (row.n, row.left_out), measure.measure
        assert all(one.left_out_reason for one in left_out)
        assert not any(one.left_out_reason for one in counted)
        if row.numerator is not None:
            assert fsum(one.numerator or 0.0 for one in counted) == pytest.approx(row.numerator, rel=1e-12)
            assert fsum(one.denominator or 0.0 for one in counted) == pytest.approx(row.denominator, rel=1e-12)
        if measure.statistic == "sum":
            assert fsum(one.value or 0.0 for one in counted) == pytest.approx(row.value, rel=1e-12)
        if measure.statistic == "mean" and row.n:
            assert fsum(one.value or 0.0 for one in counted) / row.n == pytest.approx(row.value, rel=1e-12)


def test_what_is_left_out_is_listed_as_often_as_each_reason_is_counted(build: Build) -> None:
    [lag] = [one for one in reference.measures(build) if one.measure == "credit_lag_days.median"]
    counted = {one.reason: one.items for one in kpis.left_outs(build, ALL) if one.kpi == lag.kpi}
    listed = [one.left_out_reason or "" for one in pages(build, lag, True, sum(counted.values()))]
    assert {reason: listed.count(reason) for reason in listed} == counted


def test_the_worst_item_comes_first(build: Build) -> None:
    [cycle] = [one for one in reference.measures(build) if one.measure == "cycle_time_days.mean"]
    values = [one.value or 0.0 for one in kpi_items.items(build, ALL, cycle, "lower", False, 1)]
    assert values == sorted(values, reverse=True)
    [told] = [one for one in reference.measures(build) if one.measure == "communication_sla_rate"]
    assert kpi_items.items(build, ALL, told, "higher", False, 1)[0].numerator == 0


def test_the_download_holds_all_items(build: Build) -> None:
    [cycle] = [one for one in reference.measures(build) if one.measure == "cycle_time_days.mean"]
    [row] = [one for one in kpis.kpis(build, ALL) if one.kpi == cycle.measure]
    lines = kpi_items.items_csv(build, ALL, cycle, "lower", False).splitlines()
    assert len(lines) == row.n + 1
    assert lines[0].startswith("kpi,part,item_id,case_id,rma_number")


@pytest.mark.parametrize("by", SLICES)
def test_groups_are_those_of_the_command_and_add_up(build: Build, by: str) -> None:
    grouped = {(row.kpi, row.group): row for row in kpis.kpis(build, ALL, by)}
    whole = {row.kpi: row for row in kpis.kpis(build, ALL)}
    for measure in reference.measures(build):
        found = kpis.breakdown(build, ALL, measure, by)
        assert sum(one.row.n for one in found) == whole[measure.measure].n
        assert sum(one.row.left_out for one in found) == whole[measure.measure].left_out
        named = [one for one in found if one.row.group is not None]
        assert all(one.row == grouped[measure.measure, one.row.group] for one in named)
        assert all(one.row.n >= 5 for one in named)
        for one in found:
            if one.interval and one.row.value is not None:
                assert one.interval[0] <= one.row.value <= one.interval[1]


@pytest.mark.usefixtures("real_workspace")
def test_the_drawer_lists_the_returns_behind_a_kpi_and_leads_to_them() -> None:
    test = open_page(kpi="cycle_time_days")
    assert not test.exception
    assert "Which returns are behind it?" in text(test)
    assert "1 to 20 of" in text(test)
    assert "return?return=" in markup(test)


@pytest.mark.usefixtures("literals")
def test_the_drawer_switches_to_what_is_left_out_and_why() -> None:
    test = open_page(kpi="credit_lag_days")
    assert "no receipt" not in text(test).split("Which returns are behind it?")[1]
    test.button_group(key="kpi-items").set_value("left out").run()
    behind = text(test).split("Which returns are behind it?")[1]
    assert "no receipt R2" in behind
    assert "These count nowhere in the value." in behind


@pytest.mark.usefixtures("literals")
def test_groups_of_fewer_than_five_are_told_together() -> None:
    shown = text(open_page(kpi="cycle_time_days"))
    assert "Groups with fewer than 5 items are told together." in shown
