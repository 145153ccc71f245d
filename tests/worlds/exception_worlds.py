"""A world for every exception rule: hits and near misses. Objects are named by the rule's three letters."""

from __future__ import annotations

from tests.worlds.rows import Extracts

EARLY = "2025-03-03T15:00:00Z"


def fill(x: Extracts) -> None:
    """Add every world."""
    for world in (
        _duplicate_return,
        _missing_reason,
        _unmatched_receipt,
        _receipt_before_approval,
        _late_receipt_posting,
        _stock_status_mismatch,
        _premature_availability,
        _credit_without_receipt,
        _credit_without_gl,
        _unlinked_credit,
        _excess_credit,
        _unapproved_credit,
        _disconnected_replacement,
        _missing_replacement,
        _unclaimed_recovery,
        _stale_return,
        _integration_failure,
        _event_order_violation,
    ):
        world(x)


def _posting(x: Extracts, receipt_id: str, posted_at: str, stock_status: str = "quarantine") -> None:
    x.add(
        "erp/stock_postings",
        posting_id=f"{receipt_id}/{posted_at}",
        receipt_id=receipt_id,
        stock_status=stock_status,
        posted_at=posted_at,
    )


def _move(x: Extracts, receipt_id: str, moved_at: str, stock_status: str) -> None:
    x.add("wms/stock_moves", move_id=receipt_id, receipt_id=receipt_id, stock_status=stock_status, moved_at=moved_at)


def _decision(x: Extracts, return_id: str, decided_at: str, **values: object) -> None:
    key = f"{return_id}/{values.get('disposition_code', '')}"
    x.add("erp/dispositions", **{"disposition_id": key, "return_id": return_id, "decided_at": decided_at, **values})


def _memo(x: Extracts, memo_id: str, return_id: str, posted_at: str = "2025-03-11T15:00:00Z", **values: object) -> None:
    row = {"credit_memo_id": memo_id, "return_id": return_id, "created_at": "2025-03-11T14:00:00Z"}
    x.add(
        "erp/credit_memos", **{**row, "posted_at": posted_at, "approved_at": posted_at, "approved_by": "fi2", **values}
    )


def _duplicate_return(x: Extracts) -> None:
    x.add("erp/sales_order_lines", order_id="O-DUP", line_no="10", quantity="5")
    for return_id, day, line, quantity in (
        ("DUP-1", 3, "10", "3"),
        ("DUP-2", 4, "10", "2"),
        ("DUP-3", 5, "10", "1"),
        ("DUP-4", 2, "10", "5"),
        ("DUP-5", 6, "99", "100"),
    ):
        x.a_return(return_id, f"2025-03-0{day}T15:00:00Z", lines=0, order_id="O-DUP")
        x.add("erp/return_lines", return_id=return_id, order_line_no=line, quantity=quantity, unit_price="7.50")
    x.status("DUP-4", ("cancelled", "2025-03-06T15:00:00Z"))


def _missing_reason(x: Extracts) -> None:
    for number, reason in enumerate(("", "XYZ", "DEFECTIVE", "CHG"), start=1):
        x.a_return(f"REA-{number}", EARLY, lines=0)
        x.add("erp/return_lines", return_id=f"REA-{number}", reason_code=reason)


def _unmatched_receipt(x: Extracts) -> None:
    x.a_return("UNM-3", EARLY)
    at = "2025-03-04T09:00:00"
    x.receipt("UNM-1", "", at, rma_number="NOPE-1")
    x.receipt("UNM-2", "", at, rma_number="##")
    x.receipt("UNM-3", "", at, rma_number=" rma unm.3 ")
    x.receipt("UNM-4", "UNM-3", at, entity_id="DE")
    x.receipt("UNM-5", "UNM-3", at, site_id="NOWHERE")


def _receipt_before_approval(x: Extracts) -> None:
    x.a_return("RBA-1", EARLY)
    x.status("RBA-1", ("approved", "2025-03-05T15:00:00Z"))
    x.receipt("RBA-1a", "RBA-1", "2025-03-05T09:59:00")
    x.receipt("RBA-1b", "RBA-1", "2025-03-05T10:00:00")
    x.a_return("RBA-2", EARLY)
    x.receipt("RBA-2a", "RBA-2", "2025-03-05T10:00:00")


def _late_receipt_posting(x: Extracts) -> None:
    x.a_return("LRP", EARLY)
    monday = "2025-03-10T09:00:00"
    for receipt_id, posted_at in (("LRP-1", "2025-03-10T17:00:00Z"), ("LRP-2", "2025-03-10T17:00:01Z")):
        x.receipt(receipt_id, "LRP", monday)
        _posting(x, receipt_id, posted_at)
    x.receipt("LRP-3", "LRP", monday)
    x.a_return("LRP-DE", EARLY, entity_id="DE", currency="EUR")
    x.receipt("LRP-4", "LRP-DE", monday, entity_id="DE")
    _posting(x, "LRP-4", "2025-03-10T13:59:00Z")
    x.receipt("LRP-5", "LRP", "2025-03-14T16:00:00")
    _posting(x, "LRP-5", "2025-03-18T15:00:00Z")
    x.receipt("LRP-6", "LRP", monday)
    _posting(x, "LRP-6", "2025-03-03T15:00:00Z")


def _stock_status_mismatch(x: Extracts) -> None:
    x.a_return("SSM", EARLY)
    moved, posted = "2025-03-10T10:00:00", "2025-03-10T14:00:00Z"
    x.receipt("SSM-1", "SSM", "2025-03-10T09:00:00", quantity="3")
    for number in range(2, 7):
        x.receipt(f"SSM-{number}", "SSM", "2025-03-10T09:00:00")
    for number in (1, 2, 4, 5, 6):
        _posting(x, f"SSM-{number}", posted)
    _move(x, "SSM-1", moved, "available")
    _move(x, "SSM-2", moved, "quarantine")
    _move(x, "SSM-3", moved, "quarantine")
    _move(x, "SSM-5", "2025-06-29T08:00:00", "available")
    _move(x, "SSM-6", "2025-06-29T07:59:59", "available")


def _premature_availability(x: Extracts) -> None:
    for number, sku, available_at in (
        (1, "S2", "2025-03-10T14:00:00Z"),
        (2, "S2", "2025-03-10T15:00:00Z"),
        (3, "S2", "2025-03-10T14:00:00Z"),
        (4, "S3", "2025-03-10T14:00:00Z"),
    ):
        x.a_return(f"PRE-{number}", EARLY)
        x.receipt(f"PRE-{number}a", f"PRE-{number}", "2025-03-10T09:00:00", sku=sku)
        _posting(x, f"PRE-{number}a", available_at, "available")
        if number != 3:
            _decision(x, f"PRE-{number}", "2025-03-10T15:00:00Z")


def _credit_without_receipt(x: Extracts) -> None:
    for number in range(1, 6):
        x.a_return(f"CWR-{number}", EARLY)
    for number in range(1, 5):
        _memo(x, f"CWR-{number}m", f"CWR-{number}")
    _memo(x, "CWR-5m", "CWR-5", cancelled_at="2025-03-12T15:00:00Z", cancelled_by="fi1")
    x.receipt("CWR-1a", "CWR-1", "2025-03-12T10:00:00")
    x.receipt("CWR-2a", "CWR-2", "2025-03-11T11:00:00")
    _decision(x, "CWR-3", "2025-03-10T15:00:00Z", disposition_code="FS")
    _decision(x, "CWR-4", "2025-03-10T15:00:00Z", disposition_code="FS")
    _decision(x, "CWR-4", "2025-03-10T15:00:00Z", disposition_code="REST")


def _credit_without_gl(x: Extracts) -> None:
    for number in range(1, 4):
        x.a_return(f"CGL-{number}", EARLY)
    _memo(x, "CGL-1m", "CGL-1", gl_document="")
    _memo(x, "CGL-2m", "CGL-2", gl_document="", cancelled_at="2025-03-12T15:00:00Z")
    _memo(x, "CGL-3m", "CGL-3", gl_document="", posted_at="")
    _memo(x, "CGL-4m", "NOWHERE", gl_document="")


def _unlinked_credit(x: Extracts) -> None:
    x.a_return("UNL-GONE", EARLY, deleted_at="2025-04-01T00:00:00Z")
    _memo(x, "UNL-1m", "")
    _memo(x, "UNL-2m", "NOWHERE", entity_id="DE", currency="EUR")
    _memo(x, "UNL-3m", "NOWHERE", cancelled_at="2025-03-12T15:00:00Z")
    _memo(x, "UNL-4m", "UNL-GONE")


def _excess_credit(x: Extracts) -> None:
    for number in range(1, 4):
        x.a_return(f"EXC-{number}", EARLY)
    _memo(x, "EXC-1m", "EXC-1", amount="10.01")
    _memo(x, "EXC-2a", "EXC-2", amount="4.02", posted_at="2025-03-12T15:00:00Z")
    _memo(x, "EXC-2b", "EXC-2", amount="6.00")
    _memo(x, "EXC-3m", "EXC-3", currency="EUR")


def _unapproved_credit(x: Extracts) -> None:
    x.a_return("UNA", EARLY)
    nobody = {"approved_at": "", "approved_by": ""}
    _memo(x, "UNA-1m", "UNA", amount="500.00", **nobody)
    _memo(x, "UNA-2m", "UNA", amount="500.01", **nobody)
    _memo(x, "UNA-3m", "UNA", amount="600", approved_by="fi1")
    _memo(x, "UNA-4m", "UNA", amount="600", approved_by="fi2")
    _memo(x, "UNA-5m", "UNA", amount="460", currency="EUR", **nobody)


def _disconnected_replacement(x: Extracts) -> None:
    x.a_return("DIS", EARLY)
    for number, return_id in ((1, ""), (2, "NOWHERE"), (3, "DIS")):
        x.add(
            "erp/replacement_orders",
            replacement_id=f"DIS-{number}",
            return_id=return_id,
            created_at="2025-03-11T14:00:00Z",
        )


def _missing_replacement(x: Extracts) -> None:
    for number, resolution in ((1, "replacement"), (2, "replacement"), (3, "replacement"), (4, "credit")):
        x.a_return(f"MRE-{number}", EARLY, requested_resolution=resolution)
        if number != 3:
            x.status(f"MRE-{number}", ("closed", "2025-03-20T15:00:00Z"))
    x.add("erp/replacement_orders", replacement_id="MRE-2o", return_id="MRE-2", created_at="2025-03-11T14:00:00Z")


def _unclaimed_recovery(x: Extracts) -> None:
    for number, sku, reason, decided_at in (
        (1, "S1", "DEF", "2025-03-10T14:00:00Z"),
        (2, "S1", "DEF", "2025-03-10T14:00:00Z"),
        (3, "S1", "DEF", "2025-03-10T14:00:00Z"),
        (4, "S1", "CHG", "2025-03-10T14:00:00Z"),
        (5, "S3", "DEF", "2025-03-10T14:00:00Z"),
        (6, "S1", "DEF", "2025-05-31T12:00:00Z"),
    ):
        x.a_return(f"UCR-{number}", EARLY, lines=0)
        x.add("erp/return_lines", return_id=f"UCR-{number}", sku=sku, reason_code=reason)
        _decision(x, f"UCR-{number}", decided_at)
    for number, submitted_at in ((2, "2025-04-09T14:00:00Z"), (3, "2025-04-09T14:00:01Z")):
        x.add(
            "erp/supplier_claims",
            claim_id=f"UCR-{number}c",
            return_id=f"UCR-{number}",
            created_at="2025-03-11T14:00:00Z",
            submitted_at=submitted_at,
        )


def _stale_return(x: Extracts) -> None:
    x.a_return("STA-1", "2025-06-16T12:00:00Z")
    x.a_return("STA-2", "2025-06-16T11:59:59Z")
    x.a_return("STA-3", EARLY)
    x.status("STA-3", ("closed", "2025-03-20T15:00:00Z"))


def _integration_failure(x: Extracts) -> None:
    x.a_return("INT-R", EARLY)
    linked = {"entity_id": "US", "rma_number": "RMA-INT-R"}
    for message_id, attempt, status, hour, link in (
        ("INT-1", 1, "failed", "10", linked),
        ("INT-1", 2, "dead", "11", linked),
        ("INT-2", 1, "failed", "10", linked),
        ("INT-2", 2, "ok", "11", linked),
        ("INT-3", 2, "failed", "09", {}),
        ("INT-3", 1, "ok", "10", {}),
    ):
        x.add(
            "middleware/messages",
            message_id=message_id,
            attempt=attempt,
            status=status,
            occurred_at=f"2025-03-11T{hour}:00:00Z",
            **link,
        )


def _event_order_violation(x: Extracts) -> None:
    for number in range(1, 7):
        x.a_return(f"EOV-{number}", EARLY)
    for number in (1, 2, 3):
        x.receipt(f"EOV-{number}a", f"EOV-{number}", "2025-03-10T12:00:00")
    x.add(
        "wms/inspections",
        inspection_id="EOV-1i",
        receipt_id="EOV-1a",
        started_at="2025-03-10T10:00:00",
        completed_at="2025-03-10T11:00:00",
    )
    _decision(x, "EOV-2", "2025-03-10T13:00:00Z", disposition_code="REST")
    _decision(x, "EOV-3", "2025-03-10T13:00:00Z", disposition_code="FS")
    _decision(x, "EOV-4", "2025-03-10T13:00:00Z", disposition_code="REST")
    x.status("EOV-5", ("closed", "2025-03-10T20:00:00Z"))
    x.status("EOV-6", ("closed", "2025-03-10T20:00:00Z"))
    _memo(x, "EOV-5m", "EOV-5", posted_at="2025-03-10T21:00:00Z")
    _memo(x, "EOV-6m", "EOV-6", posted_at="2025-03-10T20:00:00Z")
