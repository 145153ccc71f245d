"""The shapes of a list of returns: one of them, what many add up to, and in which order they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Order = Literal["newest", "dearest", "longest", "most exceptions", "oldest open"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True)
class Listed:
    """A return. Both times run from its request to its close, to its last event when it was declined or cancelled, and
    to the as-of instant while it is open; business days have the length that its calendar gives them and are None
    without one. `value` is in the reporting currency, None where a rate is missing.
    """

    case_id: str
    rma_number: str | None
    entity_id: str
    site: str
    channel: str
    reason: str
    state: str
    started_at: datetime
    elapsed_days: float
    business_days: float | None
    value: float | None
    open_exceptions: int


@dataclass(frozen=True)
class Totals:
    """What returns add up to: how many, of them open, closed, with a calendar among the closed, with a value, and with
    an open exception; medians are those of the closed ones, from request to close.
    """

    returns: int
    still_open: int
    closed: int
    clocked: int
    valued: int
    with_exceptions: int
    value: float
    median_elapsed_days: float | None
    median_business_days: float | None
