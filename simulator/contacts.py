"""What customers, carriers and systems said about a return: CRM cases, tracking, middleware messages."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.world import Customer


@dataclass(slots=True)
class CaseEvent:
    """Something that happened in a CRM case."""

    event_id: str
    event_type: str
    occurred_at: int
    user_id: str | None


@dataclass(slots=True)
class Message:
    """A message between the distributor and the customer."""

    message_id: str
    direction: str
    message_type: str
    sent_at: int


@dataclass(slots=True)
class Case:
    """A CRM case; ``rma_written`` is the RMA number as somebody wrote it, None when there is none."""

    case_id: str
    customer: Customer
    rma_written: str | None
    channel_code: str
    opened_at: int
    owner: str | None = None
    closed_at: int | None = None
    note: str | None = None
    events: list[CaseEvent] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Tracking:
    """A carrier's tracking event."""

    event_id: str
    event_type: str
    occurred_at: int
    carrier: str
    rma_written: str


@dataclass(slots=True)
class Attempt:
    """One attempt of a middleware message."""

    message_id: str
    attempt: int
    interface: str
    status: str
    occurred_at: int
    error_code: str | None
