"""The audit's rules about credits, replacements and supplier claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulator.clock import DAY
from simulator.documents import Return
from simulator.findings import Audit, Finding
from simulator.papers import CreditMemo, Line

_EXCESS_ALLOWED = 1
"""Hundredths by which credits may pass the lines' value."""


def stray_memo_findings(memo: CreditMemo, scope: Audit) -> Iterator[Finding]:
    """Yield the exceptions of a memo that belongs to no return."""
    if memo.cancelled_at is None:
        yield "unlinked_credit", memo.credit_memo_id
    yield from _memo_findings(memo, scope)


def _memo_findings(memo: CreditMemo, scope: Audit) -> Iterator[Finding]:
    if not memo.is_effective:
        return
    if memo.gl_document is None:
        yield "credit_without_gl", memo.credit_memo_id
    limit = scope.reference.policy(memo.entity.entity_id, "credit_approval_limit")
    if scope.reported(memo) > limit and (memo.approved_at is None or memo.approved_by == memo.created_by):
        yield "unapproved_credit", memo.credit_memo_id


def _credits(document: Return, scope: Audit) -> Iterator[Finding]:
    for memo in document.memos:
        yield from _memo_findings(memo, scope)


def _credit_without_receipt(document: Return, scope: Audit) -> Iterator[Finding]:
    found = document.dispositions
    if found and not any(scope.needs_receipt(document, disposition) for disposition in found):
        return
    received_at = document.first_received_at()
    for memo in document.memos:
        if memo.is_effective and memo.posted_at is not None and (received_at is None or received_at > memo.posted_at):
            yield "credit_without_receipt", memo.credit_memo_id


def _excess_credit(document: Return, scope: Audit) -> Iterator[Finding]:
    value = sum(line.quantity * line.order_line.unit_price for line in document.lines)
    if sum(memo.amount for memo in document.memos if memo.is_effective) > value + _EXCESS_ALLOWED:
        yield "excess_credit", document.return_id


def _missing_replacement(document: Return, scope: Audit) -> Iterator[Finding]:
    if document.resolution == "replacement" and document.is_closed and not document.replacements:
        yield "missing_replacement", document.return_id


def _unclaimed_recovery(document: Return, scope: Audit) -> Iterator[Finding]:
    for line in document.lines:
        end = claim_window_end(document, line, scope)
        if end is None or end >= scope.as_of:
            continue
        submissions = [claim.submitted_at for claim in document.claims if claim.line is line]
        if not any(submitted_at is not None and submitted_at <= end for submitted_at in submissions):
            yield "unclaimed_recovery", f"{document.return_id}-{line.line_no}"


def claim_window_end(document: Return, line: Line, scope: Audit) -> int | None:
    """Return until when a claim for a line may be filed; None when no supplier is liable or nothing is decided."""
    reason = scope.reference.standard(document.entity.entity_id, "reason", line.reason_code)
    supplier = line.order_line.product.supplier
    decided_at = document.first_decided_at(line)
    if reason not in scope.reference.liable_reasons or not supplier.recovery_agreement or decided_at is None:
        return None
    return decided_at + supplier.window_days * DAY


MONEY_RULES: tuple[Callable[[Return, Audit], Iterator[Finding]], ...] = (
    _credits,
    _credit_without_receipt,
    _excess_credit,
    _missing_replacement,
    _unclaimed_recovery,
)
