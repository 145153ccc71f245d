"""The shapes of one return: what is known of it, its steps, segments, documents and exceptions.

Nobody is named: no customer, and of the users only whether a person or a program did a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Candidate:
    """A return that a search may mean, and how many of its exceptions are open."""

    case_id: str
    rma_number: str | None
    entity_id: str
    started_at: datetime
    open_exceptions: int


@dataclass(frozen=True)
class Facts:
    """What is known of a return. Values are in the reporting currency, None where a rate is missing; `day_seconds` is
    the length of a standard business day, None without a calendar.
    """

    case_id: str
    rma_number: str | None
    entity_id: str
    state: str
    requested_at: datetime
    requested_resolution: str | None
    site: str
    channel: str
    reason: str
    category: str
    supplier: str
    segment: str
    return_value: float | None
    credit_value: float | None
    day_seconds: float | None


@dataclass(frozen=True)
class Step:
    """An event, and the extract row behind it. Seconds since the request and since the step before, on both clocks;
    business seconds are None without a calendar. `done_by` is ``a person``, ``a program`` or ``not named``.
    """

    number: int
    activity: str
    event_at: datetime
    ts_precision: str
    source_system: str
    department: str
    done_by: str
    line_no: str | None
    receipt_id: str | None
    amount: float | None
    currency: str | None
    since_request_seconds: float
    since_request_business_seconds: float | None
    waited_seconds: float | None
    waited_business_seconds: float | None
    source_table: str
    source_key: str
    source_file: str | None
    source_row: int | None


@dataclass(frozen=True)
class Stretch:
    """A segment of the time from request to close, in seconds of both clocks; each begins where the one before ends."""

    title: str
    seconds: float
    business_seconds: float | None
    target_business_hours: float | None
    is_running: bool
    is_cut_short: bool
    is_out_of_order: bool


@dataclass(frozen=True)
class Document:
    """A line, receipt, credit or other document of a return, and the amount on it in its own currency."""

    kind: str
    number: str
    line_no: str | None
    dated_at: datetime | None
    what: str | None
    quantity: float | None
    amount: float | None
    currency: str | None


@dataclass(frozen=True)
class Alarm:
    """An exception of a return; seconds from the request to its detection and to its end on both clocks. An open one
    ends at the as-of instant.
    """

    exception_type: str
    object_type: str
    object_id: str
    detected_at: datetime
    resolved_at: datetime | None
    value: float | None
    evidence: str
    start_seconds: float
    end_seconds: float
    start_business_seconds: float | None
    end_business_seconds: float | None
