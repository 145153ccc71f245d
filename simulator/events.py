"""The instants at which a return's documents become events of the event log."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.documents import Books, Return

STATUSES = frozenset({"pending_approval", "approved", "declined", "closed", "reopened", "cancelled"})
CASE_EVENTS = frozenset({"info_requested", "info_received", "escalated", "reassigned"})
TRACKING = frozenset({"picked_up", "exception", "delivered"})
FAILURES = frozenset({"failed", "dead"})


def event_times(document: Return) -> Iterator[int]:
    """Yield the instant of every event of a return, in no order."""
    yield document.created_at
    yield from (change.changed_at for change in document.changes if change.to_status in STATUSES)
    yield from (step.occurred_at for step in document.tracking if step.event_type in TRACKING)
    yield from (attempt.occurred_at for attempt in document.attempts if attempt.status in FAILURES)
    yield from _case_times(document)
    yield from _goods_times(document)
    yield from (stamp for stamp in _money_times(document) if stamp is not None)


def last_event_at(document: Return) -> int:
    """Return the instant of a return's last event."""
    return max(event_times(document))


def greatest_event_at(books: Books) -> int:
    """Return the greatest event time of the whole log: the as-of instant of a build that is told none."""
    return max(last_event_at(document) for document in books.live_returns())


def _case_times(document: Return) -> Iterator[int]:
    for case in document.cases:
        yield case.opened_at
        yield from (event.occurred_at for event in case.events if event.event_type in CASE_EVENTS)
        yield from (message.sent_at for message in case.messages if message.direction == "outbound")


def _goods_times(document: Return) -> Iterator[int]:
    for receipt in document.receipts:
        yield receipt.received_at
        yield from (posting.moved_at for posting in receipt.postings)
        for inspection in receipt.inspections:
            yield inspection.started_at
            if inspection.completed_at is not None:
                yield inspection.completed_at


def _money_times(document: Return) -> Iterator[int | None]:
    for disposition in document.dispositions:
        yield from (disposition.decided_at, disposition.executed_at)
    for memo in document.memos:
        yield from (memo.created_at, memo.approved_at, memo.posted_at, memo.cancelled_at)
    for order in document.replacements:
        yield from (order.created_at, order.shipped_at)
    for claim in document.claims:
        yield from (claim.created_at, claim.submitted_at, claim.decided_at, claim.credited_at)
