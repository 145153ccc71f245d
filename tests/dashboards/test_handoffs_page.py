"""The handoffs as a page: its numbers are those of the mining functions, at every level."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from page_reading import open_page, text

from dashboards.published import published_build
from dashboards.queries import handoffs as asked
from dashboards.queries import returns
from dashboards.scope import Scope
from mining.handoffs import FEWEST_CASES, Level, handoffs, touch_points
from mining.log import EventLog
from mining.rework import ping_pong
from pipeline import formats
from pipeline.people import told_resources
from pipeline.settings import WORKSPACE_VARIABLE
from pipeline.workspace import Workspace

DAY = 86400.0


def real_log() -> EventLog:
    return returns.returns_log(published_build(), Scope())


def told_name(resource: str) -> str:
    key = Workspace(Path(os.environ[WORKSPACE_VARIABLE])).people_key()
    return told_resources(real_log().connection, key)[resource]


@pytest.mark.usefixtures("real_workspace")
@pytest.mark.parametrize("level", ["system", "department", "resource"])
def test_table_has_the_numbers_of_the_mining_functions(level: Level) -> None:
    mined = handoffs(real_log(), level, "return_value")
    say = {"system": str.upper, "department": str, "resource": told_name}[level]
    test = open_page("handoffs", **{"handoff-level": level, "clock": "elapsed"})
    assert not test.exception
    table = test.dataframe[0].value
    assert list(zip(table["From"], table["To"], table["Handoffs"], table["Returns"], strict=True)) == [
        (say(one.from_name), say(one.to_name), one.frequency, one.cases) for one in mined
    ]
    assert list(table["Median wait (elapsed d)"]) == [round(one.median_seconds / DAY, 2) for one in mined]
    assert list(table["Back at once"]) == [one.ping_pong for one in mined]
    total = sum(one.frequency for one in mined)
    assert f"{formats.count(total)} handoffs" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_lead_and_touch_points_are_said() -> None:
    mined, points = handoffs(real_log(), "department"), touch_points(real_log())
    said = text(open_page("handoffs"))
    mean = sum(one.frequency for one in mined) / sum(cases for _, cases in points.visits)
    assert f"A return changes hands between departments {mean:.1f} times on average" in said
    assert f"goes through {points.mean_systems:.1f} different systems" in said


@pytest.mark.usefixtures("real_workspace")
def test_what_goes_to_and_fro_is_what_handoffs_count() -> None:
    pairs = ping_pong(real_log(), "system", "return_value")
    test = open_page("handoffs", **{"handoff-level": "system"})
    table = test.dataframe[1].value
    assert list(table["Times"]) == [one.cost.occurrences for one in pairs]
    assert sum(test.dataframe[0].value["Back at once"]) == sum(table["Times"])


@pytest.mark.usefixtures("real_workspace")
def test_resources_of_few_returns_are_one_group() -> None:
    test = open_page("handoffs", **{"handoff-level": "resource"})
    named = {*test.dataframe[0].value["From"], *test.dataframe[0].value["To"]}
    sql = "select resource from event_log.events group by resource having count(distinct case_id) < $fewest"
    rare = {
        told_name(name) for (name,) in real_log().connection.execute(sql, {"fewest": FEWEST_CASES}).fetchall() if name
    }
    assert not named & rare
    assert not asked.ping_pong(published_build(), Scope(), "resource")
    at_once = sum(test.dataframe[0].value["Back at once"])
    said = f"{formats.count(at_once)} times work comes back" if at_once else "no work comes back"
    assert said in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_switches_change_the_page() -> None:
    test = open_page("handoffs")
    assert "Number of handoffs" in text(test)
    test.button_group(key="handoff-level").set_value("system").run()
    assert "between systems" in text(test)
    test.selectbox(key="handoff-show").set_value("median wait").run()
    assert "Median wait from the giver's step to the taker's, business time" in text(test)
    test.button_group(key="clock").set_value("elapsed").run()
    assert "Median wait from the giver's step to the taker's, elapsed time" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_a_filter_that_leaves_no_return_is_named() -> None:
    assert "The period filter empties this page" in open_page("handoffs", to="1999-01-01").info[0].value
