"""One return as a page: found by id or RMA number, told from the event log, with the extract rows behind it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from page_reading import markup, open_page, text

from dashboards.attention.exceptions import Choice
from dashboards.published import published_build
from dashboards.queries import attention, documents, one_return
from dashboards.queries.asking import rows
from dashboards.scope import Scope
from mining.log import EventLog
from mining.segments import segments
from pipeline.publish import open_published
from pipeline.warehouse import literal


def longest_closed_return() -> str:
    sql = "select case_id from event_log.cases where is_closed order by events desc, case_id limit 1"
    return str(rows(published_build(), sql)[0][0])


@pytest.mark.usefixtures("real_workspace")
def test_a_return_is_found_by_its_id_and_by_its_rma_number_in_any_writing() -> None:
    build, case_id = published_build(), longest_closed_return()
    [found] = one_return.find(build, case_id)
    assert found.case_id == case_id
    assert found.rma_number
    spread = " ".join(found.rma_number.lower().replace("-", ""))
    of_number = one_return.find(build, found.rma_number)
    assert found in of_number
    assert one_return.find(build, spread) == of_number
    assert {one.rma_number for one in of_number} == {found.rma_number}
    test = open_page("one_return", **{"return": case_id})
    assert not test.exception
    assert f"{found.rma_number} (return {case_id}) was closed after" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_steps_are_the_events_of_the_log() -> None:
    build, case_id = published_build(), longest_closed_return()
    steps = one_return.steps(build, case_id)
    sql = "select case_position, activity, event_at from event_log.events where case_id = $case order by case_position"
    assert [(step.number, step.activity, step.event_at) for step in steps] == rows(build, sql, {"case": case_id})
    assert steps[0].waited_seconds is None
    assert sum(step.waited_seconds or 0.0 for step in steps) == pytest.approx(
        (steps[-1].event_at - steps[0].event_at).total_seconds()
    )


@pytest.mark.usefixtures("real_workspace")
def test_the_row_behind_each_step_holds_its_key(extracts: Path) -> None:
    case_id = longest_closed_return()
    for step in one_return.steps(published_build(), case_id):
        assert step.source_file
        assert step.source_row
        with (extracts / step.source_file).open(encoding="utf-8-sig", newline="") as file:
            _, *lines = csv.reader(file)
        row = lines[step.source_row - 1]
        assert any(cell and (step.source_key == cell or step.source_key.startswith(f"{cell}-")) for cell in row)


def test_segments_are_those_of_the_log_and_add_up(real_workspace: Path) -> None:
    build, case_id = published_build(), longest_closed_return()
    stretches = one_return.stretches(build, case_id)
    sql = "select epoch_us(closed_at) - epoch_us(requested_at) from event_log.cases where case_id = $case"
    assert sum(one.seconds for one in stretches) * 1e6 == rows(build, sql, {"case": case_id})[0][0]
    with open_published(real_workspace) as published:
        of_case = f"(select * from event_log.cases where case_id = {literal(case_id)})"
        cut = segments(EventLog(published.connection, cases=of_case))
    assert sum(one.seconds for one in stretches) == cut.elapsed_micros / 1e6
    assert sum(one.business_seconds or 0.0 for one in stretches) == cut.business_micros / 1e6


@pytest.mark.usefixtures("real_workspace")
def test_amounts_are_those_of_the_documents() -> None:
    build = published_build()
    sql = "select return_id, amount, credit_memo_id from returns.credit_memos where return_id is not null limit 1"
    case_id, amount, number = rows(build, sql)[0]
    found = {(one.kind, one.number): one for one in documents.documents(build, case_id)}
    assert found["Credit memo", number].amount == float(amount)
    lines = [one for one in documents.documents(build, case_id) if one.kind == "Return line"]
    assert lines
    assert f"<code>{number}</code>" in markup(open_page("one_return", **{"return": case_id}))


@pytest.mark.usefixtures("real_workspace")
def test_an_exception_of_the_queue_is_on_the_page_of_its_return() -> None:
    build = published_build()
    flagged = attention.whole_queue(build, Scope(), Choice(with_resolved=True), "oldest")
    case_id = next(one.case_id for one in flagged if one.case_id)
    expected = sorted((one.exception_type, one.object_id) for one in flagged if one.case_id == case_id)
    alarms = one_return.alarms(build, case_id)
    assert sorted((one.exception_type, one.object_id) for one in alarms) == expected
    for one in alarms:
        assert one.end_seconds >= one.start_seconds
        if one.start_business_seconds is not None and one.end_business_seconds is not None:
            assert 0 <= one.end_business_seconds - one.start_business_seconds <= one.end_seconds - one.start_seconds


@pytest.mark.usefixtures("real_workspace")
def test_nobody_is_named(extracts: Path) -> None:
    build, case_id = published_build(), longest_closed_return()
    with (extracts / "erp" / "customers.csv").open(encoding="utf-8-sig", newline="") as file:
        people = {row[name] for row in csv.DictReader(file) for name in ("name", "email", "phone") if row[name]}
    users = {row[0] for row in rows(build, "select distinct resource from event_log.events where resource is not null")}
    customers = {
        row[0] for row in rows(build, "select distinct customer_id from event_log.cases where customer_id <> ''")
    }
    assert people
    assert users
    shown = text(open_page("one_return", **{"return": case_id}))
    words = set(re.split(r"[\s,;()]+", shown))
    assert not [one for one in people if one in shown]
    assert not words & users
    assert not words & customers
    assert "masked; segment" in shown


@pytest.mark.usefixtures("real_workspace")
def test_the_clock_of_the_timeline_is_in_the_url() -> None:
    case_id = longest_closed_return()
    test = open_page("one_return", **{"return": case_id, "clock": "elapsed"})
    assert test.button_group(key="clock").value == "elapsed"
    assert not test.exception


@pytest.mark.usefixtures("real_workspace")
def test_a_search_that_finds_nothing_says_what_it_looks_for() -> None:
    test = open_page("one_return", **{"return": "<b>nowhere</b>"})
    assert "No return has the id or the RMA number" in test.info[0].value
    assert "\\<b\\>nowhere" in test.info[0].value


@pytest.mark.usefixtures("real_workspace")
def test_without_a_search_returns_with_open_exceptions_are_offered() -> None:
    offered = one_return.worth_a_look(published_build(), Scope())
    page = markup(open_page("one_return"))
    assert [one.open_exceptions for one in offered] == sorted((one.open_exceptions for one in offered), reverse=True)
    for one in offered:
        assert f'href="/return?return={one.case_id}"' in page


@pytest.mark.usefixtures("real_workspace")
def test_an_rma_number_of_several_entities_lets_the_reader_choose() -> None:
    build = published_build()
    counted = "select rma_number, count(*) as returns from event_log.cases group by rma_number"
    number, returns = rows(build, f"{counted} order by returns desc, rma_number limit 1")[0]
    assert returns > 1
    test = open_page("one_return", **{"return": number})
    assert f"{returns} returns have this RMA number. Choose one:" in text(test)
    assert markup(test).count('href="/return?return=') == returns
