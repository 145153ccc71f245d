"""Faults and decoys of reasons, of returns nobody works on, and of messages between systems."""

from __future__ import annotations

from simulator.clock import DAY, HOUR, MINUTE
from simulator.contacts import Attempt, CaseEvent
from simulator.documents import Return
from simulator.events import last_event_at
from simulator.injection import Injector

_INTERFACE = "crm_notice"


def forget_reason(injector: Injector, document: Return) -> str | None:
    """Leave a line without a reason."""
    line = injector.random.choice(document.lines)
    line.reason_code = None
    return f"{document.return_id}-{line.line_no}"


def invent_reason(injector: Injector, document: Return) -> str | None:
    """Give a line a reason code that nobody mapped."""
    line = injector.random.choice(document.lines)
    line.reason_code = injector.random.choice(("999", "MISC", "ALT-7", "siehe Text"))
    return f"{document.return_id}-{line.line_no}"


def write_standard_reason(injector: Injector, document: Return) -> str | None:
    """Decoy: a code that only the mapping for all entities knows."""
    line = injector.random.choice(document.lines)
    standard = injector.scope.reference.standard(document.entity.entity_id, "reason", line.reason_code)
    line.reason_code = standard or line.reason_code
    return None if standard is None else f"{document.return_id}-{line.line_no}"


def remind_stalled(injector: Injector, document: Return) -> str | None:
    """Decoy: a return nobody works on, escalated not quite as long ago as makes it stale."""
    allowed = int(injector.scope.reference.policy(document.entity.entity_id, "stale_days")) * DAY
    moment = injector.scope.as_of - allowed + HOUR
    if document.is_void or document.is_closed or not document.cases or last_event_at(document) >= moment:
        return None
    event = CaseEvent(injector.numbers.next("CE", 9), "escalated", moment, document.cases[0].owner)
    document.cases[0].events.append(event)
    return document.return_id


def fail_to_deliver(injector: Injector, document: Return) -> str | None:
    """Have a middleware message fail for good."""
    return _send(injector, document, ("failed", "failed", injector.random.choice(("failed", "dead"))))


def deliver_at_last(injector: Injector, document: Return) -> str | None:
    """Decoy: a message that works at the third attempt."""
    return _send(injector, document, ("failed", "failed", "ok"))


def _send(injector: Injector, document: Return, statuses: tuple[str, ...]) -> str | None:
    start = document.created_at + HOUR
    if start + DAY > injector.scope.as_of:
        return None
    message_id = injector.numbers.next("MW", 9)
    for number, status in enumerate(statuses, 1):
        error = None if status == "ok" else "HTTP 500"
        moment = start + number * 30 * MINUTE
        document.attempts.append(Attempt(message_id, number, _INTERFACE, status, moment, error))
    return message_id
