"""Faults and decoys of receipts and stock statuses."""

from __future__ import annotations

from simulator.audit import latest
from simulator.clock import DAY, HOUR, MINUTE
from simulator.documents import Receipt, Return, StockStatus
from simulator.injection import Injector


def receive_unannounced(injector: Injector, document: Return) -> str | None:
    """Receive goods with no RMA number, or with one that does not exist."""
    if not document.receipts:
        return None
    like = document.receipts[0]
    number = injector.random.randrange(900_000, 999_999)
    receipt = Receipt(
        receipt_id=injector.numbers.next("", 8),
        site=like.site,
        rma_written=injector.random.choice((None, f"RMA-{number}", "NO RMA", f"PO {number}")),
        product=like.product,
        line=None,
        quantity=injector.random.randint(1, 4),
        received_at=like.received_at - injector.random.randrange(1, 10) * MINUTE,
        received_by=like.received_by,
    )
    move = StockStatus(injector.numbers.next("MV", 9), "quarantine", receipt.received_at, receipt.received_by)
    posting = StockStatus(injector.numbers.next("SP", 9), "quarantine", like.received_at, "SVC_WMS_IF")
    receipt.moves.append(move)
    receipt.postings.append(posting)
    injector.books.stray_receipts.append(receipt)
    return receipt.receipt_id


def scan_oddly(injector: Injector, document: Return) -> str | None:
    """Decoy: the announced number, spelled as nobody else does."""
    if not document.receipts:
        return None
    digits = document.rma_number.removeprefix("RMA-")
    receipt = document.receipts[0]
    receipt.rma_written = f"#(rma) {digits[:3]}.{digits[3:]}/"
    return receipt.receipt_id


def receive_before_approval(injector: Injector, document: Return) -> str | None:
    """Approve only after the goods are here."""
    return _approve_at(injector, document, late=True)


def receive_just_after_approval(injector: Injector, document: Return) -> str | None:
    """Decoy: approve a minute before the goods are here."""
    return _approve_at(injector, document, late=False)


def _approve_at(injector: Injector, document: Return, late: bool) -> str | None:
    approvals = [change for change in document.changes if change.to_status == "approved"]
    received_at = document.first_received_at()
    if len(approvals) != 1 or received_at is None:
        return None
    following = [d.decided_at for d in document.dispositions] + [memo.created_at for memo in document.memos]
    room = injector.between(received_at, min(following, default=injector.scope.as_of))
    approved_at = room if late else received_at - MINUTE
    if (
        approved_at is None
        or approved_at <= approvals[0].changed_at
        or min(following, default=approved_at + 1) <= approved_at
    ):
        return None
    _shift_notices(document, approvals[0].changed_at, approved_at)
    approvals[0].changed_at = approved_at
    return min(document.receipts, key=lambda receipt: (receipt.received_at, receipt.receipt_id)).receipt_id


def _shift_notices(document: Return, before: int, after: int) -> None:
    for message in (message for case in document.cases for message in case.messages):
        if message.message_type == "approval_notice":
            message.sent_at = after + min(message.sent_at - before, HOUR)


def post_late(injector: Injector, document: Return) -> str | None:
    """Post a receipt in the ERP after more business hours than allowed."""
    return _post_after(injector, document, injector.random.randrange(20, 300) * MINUTE)


def post_just_in_time(injector: Injector, document: Return) -> str | None:
    """Decoy: post a receipt minutes before it is late."""
    return _post_after(injector, document, -injector.random.randrange(2, 20) * MINUTE)


def _post_after(injector: Injector, document: Return, beyond: int) -> str | None:
    allowed = int(injector.scope.reference.policy(document.entity.entity_id, "receipt_posting_hours")) * HOUR
    for receipt in document.receipts:
        if not receipt.postings:
            continue
        posted_at = document.entity.open_time.add(receipt.received_at, allowed + beyond)
        latest_at = receipt.postings[1].moved_at if len(receipt.postings) > 1 else injector.scope.as_of - DAY
        if receipt.postings[0].moved_at < posted_at < latest_at:
            receipt.postings[0].moved_at = posted_at
            return receipt.receipt_id
    return None


def never_post(injector: Injector, document: Return) -> str | None:
    """Never post a receipt in the ERP at all."""
    old = [r for r in document.receipts if r.postings and r.received_at < injector.scope.as_of - 30 * DAY]
    if not old:
        return None
    old[0].postings.clear()
    return old[0].receipt_id


def lose_last_posting(injector: Injector, document: Return) -> str | None:
    """Leave the ERP at the status before the last one."""
    return _lose_posting(injector, document, decoy=False)


def lose_fresh_posting(injector: Injector, document: Return) -> str | None:
    """Decoy: the ERP lags behind, but the move is not a day old."""
    return _lose_posting(injector, document, decoy=True)


def _lose_posting(injector: Injector, document: Return, decoy: bool) -> str | None:
    allowed = int(injector.scope.reference.policy(document.entity.entity_id, "status_sync_hours")) * HOUR
    for receipt in document.receipts:
        move = latest(receipt.moves)
        if move is None or len(receipt.postings) < 2 or receipt.postings[-2].stock_status == move.stock_status:
            continue
        fresh = injector.scope.as_of - move.moved_at <= allowed
        if fresh == decoy:
            receipt.postings.pop()
            return receipt.receipt_id
    return None


def follow_slowly(injector: Injector, document: Return) -> str | None:
    """Decoy: the ERP follows the last move a day later, but it does follow."""
    for receipt in document.receipts:
        if len(receipt.postings) > 1 and receipt.postings[-1].moved_at + 2 * DAY < injector.scope.as_of:
            receipt.postings[-1].moved_at += DAY
            return receipt.receipt_id
    return None


def sell_undecided(injector: Injector, document: Return) -> str | None:
    """Make goods available before anybody decided about them."""
    for receipt in document.receipts:
        decided_at = document.first_decided_at(receipt.line) if receipt.line is not None else None
        if len(receipt.postings) < 2 or decided_at is None:
            continue
        moment = injector.between(receipt.postings[0].moved_at, decided_at)
        if moment is not None:
            posting = StockStatus(injector.numbers.next("SP", 9), "available", moment, receipt.received_by)
            receipt.postings.insert(1, posting)
            return receipt.receipt_id
    return None


def sell_when_decided(injector: Injector, document: Return) -> str | None:
    """Decoy: make goods available in the very second of the decision."""
    for receipt in document.receipts:
        decided_at = document.first_decided_at(receipt.line) if receipt.line is not None else None
        if decided_at is None or len(receipt.postings) != 2 or receipt.postings[0].moved_at >= decided_at:
            continue
        if receipt.postings[1].stock_status == "available":
            receipt.postings[1].moved_at = decided_at
            return receipt.receipt_id
    return None
