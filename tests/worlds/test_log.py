"""How rows become events: clocks, versions, deletion, as-of, departments, order and links."""

from __future__ import annotations

import pytest

from pipeline.warehouse import Connection
from tests.worlds.rows import Extracts

CREATED = "2024-10-01T14:00:00Z"


def fill(x: Extracts) -> None:
    """Add the returns of this world, all named LOG-."""
    _clocks(x)
    _versions(x)
    _as_of(x)
    _people(x)
    _links(x)


def _clocks(x: Extracts) -> None:
    x.a_return("LOG-CLOCK", CREATED)
    for receipt_id, received_at in (
        ("LOG-WALL", "2025-03-10T09:30:00"),
        ("LOG-REPEATED", "2024-11-03T01:30:00"),
        ("LOG-SKIPPED", "2025-03-09T02:30:00"),
        ("LOG-OFFSET", "2025-03-10T09:30:00+01:00"),
        ("LOG-DAY", "2025-03-10"),
        ("LOG-SATURDAY", "2025-03-15"),
        ("LOG-HOLIDAY", "2025-03-17"),
    ):
        x.receipt(receipt_id, "LOG-CLOCK", received_at)
    x.receipt("LOG-NO-SITE", "LOG-CLOCK", "2025-03-10", site_id="NOWHERE")
    x.a_return("LOG-ERP-OFFSET", "2025-03-10T09:00:00-04:00")


def _versions(x: Extracts) -> None:
    newer, newest = "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"
    x.a_return("LOG-LATEST", "2025-03-03T10:00:00Z", updated_at=newer)
    x.a_return("LOG-LATEST", "2025-03-02T10:00:00Z", lines=0)
    x.a_return("LOG-TIE", "2025-03-02T10:00:00Z")
    x.a_return("LOG-TIE", "2025-03-03T10:00:00Z", lines=0)
    x.a_return("LOG-BAD-NEWER", "2025-03-03T10:00:00Z", updated_at=newer)
    x.a_return("LOG-BAD-NEWER", "yesterday", lines=0, updated_at=newest)


def _as_of(x: Extracts) -> None:
    x.a_return("LOG-DELETED", CREATED, deleted_at="2025-06-30T12:00:00Z")
    x.a_return("LOG-DELETED-LATER", CREATED, deleted_at="2025-06-30T12:00:01Z")
    x.a_return("LOG-NOT-YET", "2025-06-30T12:00:01Z")
    x.a_return("LOG-STAMPS", CREATED)
    x.add(
        "erp/credit_memos",
        credit_memo_id="LOG-MEMO",
        return_id="LOG-STAMPS",
        created_at="2025-06-01T10:00:00Z",
        approved_at="2025-06-30T12:00:00Z",
        posted_at="2025-07-01T10:00:00Z",
    )


def _people(x: Extracts) -> None:
    x.a_return("LOG-PEOPLE", CREATED, created_by="nobody")
    x.add(
        "erp/dispositions",
        disposition_id="LOG-DISP",
        return_id="LOG-PEOPLE",
        disposition_code="ODD",
        decided_at="2025-03-03T10:00:00Z",
        executed_at="2025-03-03T11:00:00Z",
        recovered_value="4.5",
    )
    x.add("crm/cases", case_id="LOG-CASE", rma_number="rma log people", opened_at="2025-03-01T10:00:00-05:00")
    x.add(
        "crm/case_events",
        event_id="LOG-INFO",
        case_id="LOG-CASE",
        event_type="info_received",
        occurred_at="2025-03-02T10:00:00Z",
    )
    x.status("LOG-PEOPLE", ("in_review", "2025-03-02T10:00:00Z"))


def _links(x: Extracts) -> None:
    x.a_return("LOG-SECOND", "2025-03-03T10:00:00Z", rma_number="same 1")
    x.a_return("LOG-FIRST", "2025-03-02T10:00:00Z", rma_number="SAME-1")
    x.receipt("LOG-SAME", "", "2025-03-10T09:00:00", rma_number="Same/1")
    x.a_return("LOG-LINES", "2025-03-03T10:00:00Z", lines=0)
    for line in ("10", "9", "A"):
        x.add("erp/return_lines", return_id="LOG-LINES", line_no=line)
    x.receipt("LOG-LINE", "LOG-LINES", "2025-03-10T09:00:00")
    x.a_return("LOG-ORDER", "2025-03-10T21:00:00Z")
    x.receipt("LOG-ORDER-DAY", "LOG-ORDER", "2025-03-10")
    x.status("LOG-ORDER", ("approved", "2025-03-10T21:00:00Z"), ("pending_approval", "2025-03-10T21:00:00Z"))


@pytest.mark.parametrize(
    ("receipt_id", "event_at", "precision"),
    [
        ("LOG-WALL", "2025-03-10 13:30:00", "second"),
        ("LOG-REPEATED", "2024-11-03 06:30:00", "second"),
        ("LOG-SKIPPED", "2025-03-09 07:30:00", "second"),
        ("LOG-OFFSET", "2025-03-10 08:30:00", "second"),
        ("LOG-DAY", "2025-03-10 21:00:00", "day"),
        ("LOG-SATURDAY", "2025-03-16 04:00:00", "day"),
        ("LOG-HOLIDAY", "2025-03-17 21:00:00", "day"),
    ],
)
def test_a_wall_clock_becomes_an_instant(worlds: Connection, receipt_id: str, event_at: str, precision: str) -> None:
    query = "select event_at::varchar, ts_precision from event_log.events where receipt_id = ?"
    assert worlds.execute(query, [receipt_id]).fetchall() == [(event_at, precision)]


def test_a_day_without_entity_ends_at_midnight_utc(worlds: Connection) -> None:
    query = "select received_at::varchar, entity_id, is_matched from returns.receipts where receipt_id = 'LOG-NO-SITE'"
    assert worlds.execute(query).fetchall() == [("2025-03-11 00:00:00", None, False)]


@pytest.mark.parametrize(
    ("return_id", "created_at"),
    [
        ("LOG-ERP-OFFSET", "2025-03-10 13:00:00"),
        ("LOG-LATEST", "2025-03-03 10:00:00"),
        ("LOG-TIE", "2025-03-03 10:00:00"),
        ("LOG-BAD-NEWER", "2025-03-03 10:00:00"),
        ("LOG-DELETED-LATER", "2024-10-01 14:00:00"),
    ],
)
def test_a_return_is_created_at_its_latest_good_version(worlds: Connection, return_id: str, created_at: str) -> None:
    query = "select event_at::varchar from event_log.events where case_id = ? and activity = 'RMA Created'"
    assert worlds.execute(query, [return_id]).fetchall() == [(created_at,)]


@pytest.mark.parametrize("return_id", ["LOG-DELETED", "LOG-NOT-YET"])
def test_deleted_and_later_returns_are_not_in_the_log(worlds: Connection, return_id: str) -> None:
    assert worlds.execute("select * from event_log.events where case_id = ?", [return_id]).fetchall() == []


def test_a_stamp_after_as_of_is_null(worlds: Connection) -> None:
    query = "select activity from event_log.events where source_key = 'LOG-MEMO' order by event_at"
    assert worlds.execute(query).fetchall() == [("Credit Memo Created",), ("Credit Approved",)]


def test_departments_come_from_users_and_activities(worlds: Connection) -> None:
    query = """
        select activity, resource, department, is_automation, amount::double
        from event_log.events where case_id = 'LOG-PEOPLE' order by case_position
    """
    assert worlds.execute(query).fetchall() == [
        ("RMA Created", "nobody", "Unknown", False, None),
        ("Return Requested", None, "Customer", False, None),
        ("Information Received", None, "Customer", False, None),
        ("Disposition Decided", "qa1", "Quality", False, None),
        ("Disposition Executed", None, "Unknown", False, 4.5),
    ]


def test_a_number_shared_by_two_returns_belongs_to_the_earlier(worlds: Connection) -> None:
    query = "select return_id from returns.receipts where receipt_id = 'LOG-SAME'"
    assert worlds.execute(query).fetchall() == [("LOG-FIRST",)]


def test_the_first_line_is_the_lowest_number(worlds: Connection) -> None:
    query = "select line_no from returns.receipts where receipt_id = 'LOG-LINE'"
    assert worlds.execute(query).fetchall() == [("9",)]


def test_equal_instants_are_ordered_by_precision_then_rank(worlds: Connection) -> None:
    query = "select activity from event_log.events where case_id = 'LOG-ORDER' order by case_position"
    expected = ["RMA Created", "Approval Requested", "Return Approved", "Goods Received"]
    assert [activity for (activity,) in worlds.execute(query).fetchall()] == expected
