"""A world for every KPI: a few returns in an entity of their own."""

from __future__ import annotations

from tests.worlds.rows import Extracts


def fill(x: Extracts) -> None:
    """Add every world."""
    for world in (
        _cycle,
        _no_calendar,
        _credit,
        _rework,
        _stock,
        _supplier,
        _recovery,
        _straight,
        _touch,
        _told,
        _value,
    ):
        world(x)


def _cycle(x: Extracts) -> None:
    x.entity("K-CYCLE")
    monday = "2025-03-10T13:00:00Z"
    for number, created_at in enumerate((monday, "2025-03-14T20:00:00Z", monday, monday, monday, monday), start=1):
        x.a_return(f"CYC-{number}", created_at, entity_id="K-CYCLE")
    x.add(
        "crm/cases", case_id="CYC", entity_id="K-CYCLE", rma_number="RMA-CYC-1", opened_at="2025-03-10T08:00:00-04:00"
    )
    x.status("CYC-1", ("closed", "2025-03-11T14:00:00Z"))
    x.status("CYC-2", ("closed", "2025-03-18T13:00:00Z"))
    x.status("CYC-3", ("closed", "2025-03-11T14:00:00Z"), ("reopened", "2025-03-12T14:00:00Z"))
    x.status("CYC-4", ("declined", "2025-03-11T14:00:00Z"), ("closed", "2025-03-11T15:00:00Z"))
    x.status("CYC-5", ("cancelled", "2025-03-11T14:00:00Z"))
    x.status(
        "CYC-6",
        ("closed", "2025-03-10T14:00:00Z"),
        ("reopened", "2025-03-10T15:00:00Z"),
        ("closed", "2025-03-11T13:00:00Z"),
    )


def _no_calendar(x: Extracts) -> None:
    x.entity("K-NO-CALENDAR", calendar_id="NONE")
    x.a_return("NOC", "2025-03-10T13:00:00Z", entity_id="K-NO-CALENDAR")
    x.status("NOC", ("closed", "2025-03-11T13:00:00Z"))


def _credit(x: Extracts) -> None:
    x.entity("K-CREDIT")
    for number, received_at, posted_at in (
        (1, "2025-03-10T09:00:00", "2025-03-10T16:00:00Z"),
        (2, "2025-03-10T09:00:00", "2025-03-11T13:00:00Z"),
        (3, "2025-03-10T09:00:00", "2025-03-10T13:00:00Z"),
        (4, "2025-03-10T09:00:00", "2025-03-10T12:59:59Z"),
        (5, None, "2025-03-10T16:00:00Z"),
    ):
        return_id = f"CRE-{number}"
        x.a_return(return_id, "2025-03-03T15:00:00Z", entity_id="K-CREDIT")
        if received_at:
            x.receipt(f"{return_id}r", return_id, received_at, "K-CREDIT")
        memo = {"return_id": return_id, "entity_id": "K-CREDIT", "created_at": "2025-03-04T15:00:00Z"}
        x.add("erp/credit_memos", credit_memo_id=f"{return_id}m", posted_at=posted_at, **memo)
        # An earlier posting that was cancelled does not count.
        x.add(
            "erp/credit_memos",
            credit_memo_id=f"{return_id}x",
            posted_at="2025-03-05T15:00:00Z",
            cancelled_at="2025-03-05T16:00:00Z",
            **memo,
        )
    x.add("erp/dispositions", disposition_id="CRE-1d", return_id="CRE-1", decided_at="2025-03-10T15:00:00Z")
    x.add("erp/dispositions", disposition_id="CRE-2d", return_id="CRE-2", decided_at="2025-03-12T15:00:00Z")


def _rework(x: Extracts) -> None:
    x.entity("K-REWORK")
    for number in range(1, 6):
        return_id = f"REW-{number}"
        x.a_return(return_id, "2025-03-10T13:00:00Z", entity_id="K-REWORK")
        x.status(return_id, ("closed", "2025-03-20T13:00:00Z"))
        x.receipt(f"{return_id}a", return_id, "2025-03-11T09:00:00", "K-REWORK")
        x.receipt(f"{return_id}b", return_id, "2025-03-11T09:00:00", "K-REWORK")
    _inspection(x, "REW-1a", "first")
    _inspection(x, "REW-1a", "again")
    _inspection(x, "REW-2a", "first")
    _inspection(x, "REW-2b", "other receipt")
    for number, asked_at in ((3, "2025-03-10T13:00:01Z"), (4, "2025-03-10T13:00:00Z")):
        case_id = f"REW-{number}"
        number_of_return = {"entity_id": "K-REWORK", "rma_number": f"RMA-REW-{number}"}
        x.add("crm/cases", case_id=case_id, opened_at="2025-03-10T12:00:00Z", **number_of_return)
        event = {"event_id": case_id, "event_type": "info_requested"}
        x.add("crm/case_events", case_id=case_id, occurred_at=asked_at, **event)
    x.add(
        "erp/credit_memos",
        credit_memo_id="REW-5m",
        return_id="REW-5",
        created_at="2025-03-12T13:00:00Z",
        cancelled_at="2025-03-12T14:00:00Z",
    )


def _inspection(x: Extracts, receipt_id: str, name: str) -> None:
    x.add(
        "wms/inspections",
        inspection_id=f"{receipt_id}/{name}",
        receipt_id=receipt_id,
        started_at="2025-03-11T10:00:00",
        completed_at="2025-03-11T11:00:00",
    )


def _stock(x: Extracts) -> None:
    x.entity("K-STOCK")
    x.a_return("STO", "2025-03-03T15:00:00Z", entity_id="K-STOCK")
    for receipt_id, quantity, erp, wms in (
        ("STO-equal", "4", "available", "available"),
        ("STO-absent", "1", None, None),
        ("STO-differs", "3", "quarantine", "available"),
        ("STO-scrapped", "9", "available", "scrapped"),
    ):
        x.receipt(receipt_id, "STO", "2025-03-10T09:00:00", "K-STOCK", quantity=quantity)
        if erp and wms:
            status = {"receipt_id": receipt_id, "stock_status": erp}
            x.add("erp/stock_postings", posting_id=receipt_id, posted_at="2025-03-10T14:00:00Z", **status)
            move = {"receipt_id": receipt_id, "stock_status": wms}
            x.add("wms/stock_moves", move_id=receipt_id, moved_at="2025-03-10T10:00:00", **move)


def _supplier(x: Extracts) -> None:
    x.entity("K-SUPPLIER")
    for number, quantity, decided_at in (
        (1, "2", "2025-04-02T15:00:00Z"),
        (2, "1", "2025-03-12T15:00:00Z"),
        (3, "3", "2025-03-12T15:00:00Z"),
    ):
        return_id = f"SUP-{number}"
        x.a_return(return_id, "2025-03-03T15:00:00Z", lines=0, entity_id="K-SUPPLIER")
        x.add("erp/return_lines", return_id=return_id, sku="S1", reason_code="DEF", quantity=quantity)
        x.add("erp/dispositions", disposition_id=return_id, return_id=return_id, decided_at=decided_at)
    claim = {"created_at": "2025-04-03T15:00:00Z", "submitted_at": "2025-04-03T15:00:00Z"}
    x.add(
        "erp/supplier_claims",
        claim_id="SUP-1c",
        return_id="SUP-1",
        currency="EUR",
        recovered_amount="12",
        credited_at="2025-05-02T15:00:00Z",
        **claim,
    )
    x.add("erp/supplier_claims", claim_id="SUP-2c", return_id="SUP-2", recovered_amount="99", **claim)
    x.add("erp/supplier_claims", claim_id="SUP-3c", return_id="SUP-3", created_at="2025-04-03T15:00:00Z")


def _recovery(x: Extracts) -> None:
    x.entity("K-RECOVERY")
    x.a_return("REC", "2025-03-03T15:00:00Z", lines=0, entity_id="K-RECOVERY")
    x.add("erp/return_lines", return_id="REC", line_no="1", sku="S2", quantity="3")
    x.add("erp/return_lines", return_id="REC", line_no="2", sku="UNKNOWN", quantity="1")
    decided = {"return_id": "REC", "decided_at": "2025-03-12T15:00:00Z"}
    executed = {**decided, "executed_at": "2025-03-12T16:00:00Z"}
    x.add("erp/dispositions", disposition_id="REC-1", recovered_value="5", **executed)
    x.add("erp/dispositions", disposition_id="REC-2", recovered_value="3", **executed)
    x.add("erp/dispositions", disposition_id="REC-3", recovered_value="100", **decided)
    x.add("erp/dispositions", disposition_id="REC-4", line_no="2", recovered_value="1", **executed)
    x.add(
        "erp/supplier_claims",
        claim_id="REC",
        return_id="REC",
        created_at="2025-03-13T15:00:00Z",
        recovered_amount="4",
        credited_at="2025-03-14T15:00:00Z",
    )


def _straight(x: Extracts) -> None:
    x.entity("K-STRAIGHT")
    for number, approved_by, reason in ((1, "bot", "CHG"), (2, "cs1", "CHG"), (3, None, "CHG"), (4, "bot", "XYZ")):
        return_id = f"STR-{number}"
        x.a_return(return_id, "2025-03-10T13:00:00Z", lines=0, entity_id="K-STRAIGHT", created_by="cs1")
        x.add("erp/return_lines", return_id=return_id, reason_code=reason)
        if approved_by:
            x.status(return_id, ("approved", "2025-03-10T14:00:00Z"), by=approved_by)
        x.status(return_id, ("closed", "2025-03-11T13:00:00Z"))


def _touch(x: Extracts) -> None:
    """Customer Service twice, Warehouse, a machine, Quality twice: five touches, two hand-overs."""
    x.entity("K-TOUCH")
    x.a_return("TOU", "2025-03-10T13:00:00Z", entity_id="K-TOUCH")
    x.status("TOU", ("approved", "2025-03-10T14:00:00Z"))
    x.receipt("TOU", "TOU", "2025-03-10T11:00:00", "K-TOUCH")
    x.add(
        "erp/stock_postings",
        posting_id="TOU",
        receipt_id="TOU",
        stock_status="quarantine",
        posted_at="2025-03-10T15:30:00Z",
    )
    x.add(
        "wms/inspections",
        inspection_id="TOU",
        receipt_id="TOU",
        started_at="2025-03-10T12:00:00",
        completed_at="2025-03-10T13:00:00",
    )
    x.status("TOU", ("closed", "2025-03-11T13:00:00Z"), by="bot")


def _told(x: Extracts) -> None:
    x.entity("K-TOLD")
    for number, opened_at, sent_at in (
        (1, "2025-03-10T13:00:00Z", "2025-03-10T17:00:00Z"),
        (2, "2025-03-10T13:00:00Z", "2025-03-10T17:00:01Z"),
        (3, "2025-03-10T13:00:00Z", "2025-03-10T12:59:00Z"),
        (4, "2025-03-10T13:00:00Z", None),
        (5, "2025-06-27T20:00:00Z", None),
    ):
        return_id = f"TOL-{number}"
        x.a_return(return_id, "2025-03-10T13:30:00Z", entity_id="K-TOLD")
        x.add("crm/cases", case_id=return_id, entity_id="K-TOLD", rma_number=f"RMA-{return_id}", opened_at=opened_at)
        if sent_at:
            _message(x, return_id, "acknowledgement", sent_at)
    x.status("TOL-1", ("approved", "2025-03-10T14:00:00Z"))
    x.receipt("TOL-1", "TOL-1", "2025-03-10T11:00:00", "K-TOLD")
    x.add(
        "erp/credit_memos",
        credit_memo_id="TOL-1",
        return_id="TOL-1",
        created_at="2025-03-10T16:00:00Z",
        posted_at="2025-03-10T16:00:00Z",
    )
    _message(x, "TOL-1", "approval_notice", "2025-03-10T14:00:00Z")
    # Eight business hours after Monday 11:00 are Tuesday 10:00 in New York.
    _message(x, "TOL-1", "receipt_confirmation", "2025-03-11T14:00:00Z")
    # Sixteen business hours after Monday 12:00 are Wednesday 10:00.
    _message(x, "TOL-1", "credit_notice", "2025-03-12T14:00:01Z")


def _message(x: Extracts, case_id: str, message_type: str, sent_at: str) -> None:
    x.add(
        "crm/messages",
        message_id=f"{case_id}/{message_type}",
        case_id=case_id,
        message_type=message_type,
        sent_at=sent_at,
    )


def _value(x: Extracts) -> None:
    x.entity("K-VALUE")
    for number, quantity, price, currency, received_at in (
        (1, "3", "66.11", "USD", "2025-03-31T23:30:00"),
        (2, "2", "10", "EUR", "2025-04-30T23:30:00"),
        (3, "1", "10", "EUR", "2025-05-01T00:30:00"),
    ):
        return_id = f"VAL-{number}"
        x.a_return(return_id, "2025-03-03T15:00:00Z", lines=0, entity_id="K-VALUE", currency=currency)
        x.add("erp/return_lines", return_id=return_id, quantity=quantity, unit_price=price)
        x.receipt(return_id, return_id, received_at, "K-VALUE")
