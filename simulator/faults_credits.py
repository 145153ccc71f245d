"""Faults and decoys of credits."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from simulator.clock import DAY, HOUR, MINUTE
from simulator.documents import Return
from simulator.injection import Injector
from simulator.papers import CreditMemo

_SAFE_SHARE = Decimal("0.8")


def credit_before_receipt(injector: Injector, document: Return) -> str | None:
    """Credit the customer on the way between approval and receipt."""
    memo, received_at = injector.only_memo(document), document.first_received_at()
    approved = document.status_times("approved")
    if memo is None or received_at is None or not approved or received_at - approved[0] < 3 * HOUR:
        return None
    return _credit_until(memo, approved[0], received_at - HOUR)


def credit_at_receipt(injector: Injector, document: Return) -> str | None:
    """Decoy: post the credit in the very second of the receipt."""
    memo, received_at = injector.only_memo(document), document.first_received_at()
    approved = document.status_times("approved")
    if memo is None or received_at is None or not approved or received_at - approved[0] < 3 * HOUR:
        return None
    return _credit_until(memo, approved[0], received_at)


def _credit_until(memo: CreditMemo, start: int, end: int) -> str:
    memo.created_at = start + (end - start) // 3
    if memo.approved_at is not None:
        memo.approved_at = start + (end - start) // 2
    memo.posted_at = end
    return memo.credit_memo_id


def credit_field_scrap(injector: Injector, document: Return) -> str | None:
    """Decoy: a credit without receipt for goods that the customer destroyed, as it is."""
    memo = injector.only_memo(document)
    scrapped = document.dispositions and not any(
        injector.scope.needs_receipt(document, disposition) for disposition in document.dispositions
    )
    return memo.credit_memo_id if memo is not None and scrapped else None


def lose_gl_document(injector: Injector, document: Return) -> str | None:
    """Post a credit without a general ledger document."""
    memo = injector.only_memo(document)
    if memo is None:
        return None
    memo.gl_document = None
    return memo.credit_memo_id


def lose_gl_document_of_void(injector: Injector, document: Return) -> str | None:
    """Decoy: a memo without a general ledger document that is cancelled or not posted yet."""
    for memo in document.memos:
        if not memo.is_effective:
            memo.gl_document = None
            return memo.credit_memo_id
    return None


def credit_unlinked(injector: Injector, document: Return) -> str | None:
    """Write a credit memo that names no return, or one that does not exist."""
    memo = _stray_memo(injector, document)
    return None if memo is None else memo.credit_memo_id


def cancel_unlinked(injector: Injector, document: Return) -> str | None:
    """Decoy: a credit memo without a return that is cancelled."""
    memo = _stray_memo(injector, document)
    if memo is None or memo.posted_at is None:
        return None
    memo.cancelled_at, memo.cancelled_by = memo.posted_at + 2 * HOUR, memo.created_by
    return memo.credit_memo_id


def _stray_memo(injector: Injector, document: Return) -> CreditMemo | None:
    like = injector.only_memo(document)
    if like is None or like.posted_at is None or like.posted_at + DAY > injector.scope.as_of:
        return None
    unknown = f"9{injector.random.randrange(10**8, 10**9)}"
    memo = CreditMemo(
        credit_memo_id=injector.numbers.next("CM"),
        entity=document.entity,
        return_id=injector.random.choice((None, unknown)),
        line_no=None,
        amount=injector.random.randrange(500, 20_000),
        currency=document.entity.currency,
        created_at=like.created_at,
        created_by=like.created_by,
        posted_at=like.posted_at,
        posted_by=like.posted_by,
        gl_document=injector.numbers.next("GL", 9),
    )
    injector.books.stray_memos.append(memo)
    return memo


def _value(document: Return) -> int:
    return sum(line.quantity * line.order_line.unit_price for line in document.lines)


def _limit(injector: Injector, memo: CreditMemo) -> Decimal:
    return injector.scope.reference.policy(memo.entity.entity_id, "credit_approval_limit")


def credit_too_much(injector: Injector, document: Return) -> str | None:
    """Credit more than the goods were worth."""
    memo = injector.only_memo(document)
    if memo is None:
        return None
    memo.amount = _value(document) + injector.random.randrange(2, 20) * 100 + 2
    return document.return_id


def credit_twice(injector: Injector, document: Return) -> str | None:
    """Credit the same goods a second time."""
    memo = injector.only_memo(document)
    if memo is None or memo.posted_at is None or memo.amount < _value(document):
        return None
    again = CreditMemo(
        credit_memo_id=injector.numbers.next("CM"),
        entity=memo.entity,
        return_id=document.return_id,
        line_no=memo.line_no,
        amount=memo.amount,
        currency=memo.currency,
        created_at=memo.created_at + MINUTE,
        created_by=memo.created_by,
        approved_at=memo.approved_at,
        approved_by=memo.approved_by,
        posted_at=memo.posted_at,
        posted_by=memo.posted_by,
        gl_document=injector.numbers.next("GL", 9),
    )
    document.memos.append(again)
    return document.return_id


def credit_a_cent_more(injector: Injector, document: Return) -> str | None:
    """Decoy: credit exactly the cent more that is allowed for rounding."""
    memo = injector.only_memo(document)
    if memo is None or (
        memo.approved_at is None and injector.scope.reported(memo) > _SAFE_SHARE * _limit(injector, memo)
    ):
        return None
    memo.amount = _value(document) + 1
    return document.return_id


def skip_approval(injector: Injector, document: Return) -> str | None:
    """Post a large credit that nobody approved."""
    return _approve_as(injector, document, None)


def approve_oneself(injector: Injector, document: Return) -> str | None:
    """Post a large credit approved by whoever created it."""
    memo = injector.only_memo(document)
    return None if memo is None else _approve_as(injector, document, memo.created_by)


def _approve_as(injector: Injector, document: Return, user: str | None) -> str | None:
    memo = injector.only_memo(document)
    if memo is None or injector.scope.reported(memo) <= _limit(injector, memo):
        return None
    memo.approved_by = user
    memo.approved_at = memo.approved_at if user else None
    return memo.credit_memo_id


def credit_at_the_limit(injector: Injector, document: Return) -> str | None:
    """Decoy: an unapproved credit of exactly the limit, or just below it in another currency."""
    memo = injector.only_memo(document)
    if memo is None or injector.scope.reported(memo) <= _limit(injector, memo) or memo.posted_at is None:
        return None
    rate = injector.scope.reported(memo) / (Decimal(memo.amount) / 100)
    memo.amount = int((_limit(injector, memo) / rate * 100).quantize(Decimal(1), ROUND_FLOOR))
    memo.approved_at = memo.approved_by = None
    return memo.credit_memo_id
