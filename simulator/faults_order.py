"""Faults and decoys of the order in which events follow each other."""

from __future__ import annotations

from simulator.clock import HOUR, MINUTE
from simulator.documents import Change, Inspection, Return
from simulator.injection import Injector


def inspect_before_receipt(injector: Injector, document: Return) -> str | None:
    """Write an inspection that ends before the goods came."""
    return _inspect_until(document, -injector.random.randrange(5, 50) * MINUTE)


def inspect_until_receipt(injector: Injector, document: Return) -> str | None:
    """Decoy: the inspection ends in the very second of the receipt."""
    return _inspect_until(document, 0)


def _inspect_until(document: Return, offset: int) -> str | None:
    for receipt in document.receipts:
        inspection = _only_inspection(receipt.inspections)
        if inspection is not None:
            inspection.completed_at = receipt.received_at + offset
            inspection.started_at = inspection.completed_at - 12 * MINUTE
            return document.return_id
    return None


def _only_inspection(inspections: list[Inspection]) -> Inspection | None:
    return inspections[0] if len(inspections) == 1 and inspections[0].completed_at is not None else None


def decide_before_receipt(injector: Injector, document: Return) -> str | None:
    """Decide about goods hours before they came."""
    return _decide_at(document, -injector.random.randrange(1, 5) * HOUR)


def decide_at_receipt(injector: Injector, document: Return) -> str | None:
    """Decoy: decide in the very second of the receipt."""
    return _decide_at(document, 0)


def _decide_at(document: Return, offset: int) -> str | None:
    received_at = document.first_received_at()
    approved = document.status_times("approved")
    if received_at is None or not approved or not document.dispositions:
        return None
    if received_at + offset <= approved[-1]:
        return None
    document.dispositions[0].decided_at = received_at + offset
    return document.return_id


def close_before_posting(injector: Injector, document: Return) -> str | None:
    """Close a return before its credit is posted."""
    return _close_at(injector, document, -injector.random.randrange(10, 50) * MINUTE)


def close_at_posting(injector: Injector, document: Return) -> str | None:
    """Decoy: close a return in the very second its credit is posted."""
    return _close_at(injector, document, 0)


def _close_at(injector: Injector, document: Return, offset: int) -> str | None:
    closings = [change for change in document.changes if change.to_status in ("closed", "reopened")]
    memo = injector.only_memo(document)
    if len(closings) != 1 or memo is None or memo.posted_at is None or document.changes[-1] is not closings[0]:
        return None
    if memo.posted_at + offset <= _before(document, closings[0]):
        return None
    closings[0].changed_at = memo.posted_at + offset
    return document.return_id


def _before(document: Return, closing: Change) -> int:
    """Return the last status change before the closing."""
    return max((change.changed_at for change in document.changes if change is not closing), default=document.created_at)
