"""The exceptions that the finished books really hold, found from the documents themselves.

The rules are those of the exceptions' specification, applied to documents that know what they belong to; nothing is
parsed, matched or converted here. So the planted truth is complete: what was injected, and what the process brought
about by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulator.audit_money import MONEY_RULES, stray_memo_findings
from simulator.clock import DAY, HOUR
from simulator.documents import Books, Receipt, Return, StockStatus
from simulator.events import FAILURES, last_event_at
from simulator.findings import Audit, Finding


def audit(books: Books, scope: Audit) -> list[Finding]:
    """Return every exception of the books as (exception type, object id), sorted."""
    found = list(_duplicates(books))
    for document in books.live_returns():
        for rule in (*_RULES, *MONEY_RULES):
            found.extend(rule(document, scope))
    found.extend(_failed_integrations(books))
    found.extend(("unmatched_receipt", receipt.receipt_id) for receipt in _unmatched(books))
    for memo in books.stray_memos:
        found.extend(stray_memo_findings(memo, scope))
    found.extend(("disconnected_replacement", order.replacement_id) for order in books.stray_replacements)
    return sorted(found)


def _unmatched(books: Books) -> Iterator[Receipt]:
    yield from books.stray_receipts
    for document in books.returns:
        if document.deleted_at is not None:
            yield from document.receipts


def _duplicates(books: Books) -> Iterator[Finding]:
    """Yield returns that ask, with earlier ones, for more of an order line than was sold."""
    asked: dict[tuple[str, str], int] = {}
    live = [document for document in books.live_returns() if not document.is_void]
    for document in sorted(live, key=lambda document: (document.created_at, document.return_id)):
        lines = [(document.order_id, line.order_line.line_no) for line in document.lines]
        sums = [asked.get(key, 0) + line.quantity for key, line in zip(lines, document.lines, strict=True)]
        if any(total > line.order_line.quantity for total, line in zip(sums, document.lines, strict=True)):
            yield "duplicate_return", document.return_id
        for key, line in zip(lines, document.lines, strict=True):
            asked[key] = asked.get(key, 0) + line.quantity


def _failed_integrations(books: Books) -> Iterator[Finding]:
    for document in books.returns:
        last = {attempt.message_id: attempt for attempt in sorted(document.attempts, key=lambda one: one.attempt)}
        yield from (("integration_failure", key) for key, one in last.items() if one.status in FAILURES)


def _missing_reason(document: Return, scope: Audit) -> Iterator[Finding]:
    for line in document.lines:
        if scope.reference.standard(document.entity.entity_id, "reason", line.reason_code) is None:
            yield "missing_reason", f"{document.return_id}-{line.line_no}"


def _receipt_before_approval(document: Return, scope: Audit) -> Iterator[Finding]:
    approved = document.status_times("approved")
    for receipt in document.receipts:
        if not approved or receipt.received_at < approved[0]:
            yield "receipt_before_approval", receipt.receipt_id


def _late_receipt_posting(document: Return, scope: Audit) -> Iterator[Finding]:
    allowed = scope.reference.policy(document.entity.entity_id, "receipt_posting_hours") * HOUR
    for receipt in document.receipts:
        posted_at = min((posting.moved_at for posting in receipt.postings), default=scope.as_of)
        if document.entity.open_time.between(receipt.received_at, posted_at) > allowed:
            yield "late_receipt_posting", receipt.receipt_id


def _stock_status_mismatch(document: Return, scope: Audit) -> Iterator[Finding]:
    allowed = scope.reference.policy(document.entity.entity_id, "status_sync_hours") * HOUR
    for receipt in document.receipts:
        move, posting = latest(receipt.moves), latest(receipt.postings)
        if move is None or scope.as_of - move.moved_at <= allowed:
            continue
        if posting is None or posting.stock_status != move.stock_status:
            yield "stock_status_mismatch", receipt.receipt_id


def latest(steps: list[StockStatus]) -> StockStatus | None:
    """Return the last move or posting, by time, then key."""
    return max(steps, key=lambda step: (step.moved_at, step.key), default=None)


def _premature_availability(document: Return, scope: Audit) -> Iterator[Finding]:
    for receipt in document.receipts:
        available = [posting.moved_at for posting in receipt.postings if posting.stock_status == "available"]
        decided = document.first_decided_at(receipt.line) if receipt.line is not None else None
        if available and (decided is None or min(available) < decided):
            yield "premature_availability", receipt.receipt_id


def _stale_return(document: Return, scope: Audit) -> Iterator[Finding]:
    allowed = scope.reference.policy(document.entity.entity_id, "stale_days") * DAY
    if not document.is_closed and not document.is_void and scope.as_of - last_event_at(document) > allowed:
        yield "stale_return", document.return_id


def _event_order_violation(document: Return, scope: Audit) -> Iterator[Finding]:
    if _inspected_too_early(document) or _decided_too_early(document, scope) or _closed_too_early(document):
        yield "event_order_violation", document.return_id


def _inspected_too_early(document: Return) -> bool:
    return any(
        inspection.completed_at is not None and inspection.completed_at < receipt.received_at
        for receipt in document.receipts
        for inspection in receipt.inspections
    )


def _decided_too_early(document: Return, scope: Audit) -> bool:
    received_at = document.first_received_at()
    return received_at is not None and any(
        disposition.decided_at < received_at and scope.needs_receipt(document, disposition)
        for disposition in document.dispositions
    )


def _closed_too_early(document: Return) -> bool:
    closed = document.status_times("closed")
    return bool(closed) and any(
        memo.is_effective and memo.posted_at is not None and closed[-1] < memo.posted_at for memo in document.memos
    )


_RULES: tuple[Callable[[Return, Audit], Iterator[Finding]], ...] = (
    _missing_reason,
    _receipt_before_approval,
    _late_receipt_posting,
    _stock_status_mismatch,
    _premature_availability,
    _stale_return,
    _event_order_violation,
)
