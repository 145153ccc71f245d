"""What a log tells beyond activities and instants: which clock to read, and what says where and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Flow:
    """How to read the waits of a log.

    `clock`: open time of the entity's calendar, or elapsed time. `waits` is a relation with one row per wait, as
    ``event_log.waits``; without it every event waits since the one before it. `site`, `value` (money) and
    `day_seconds` (length of a working day) are columns of the cases. None where a log has no such thing.
    """

    clock: Literal["business", "elapsed"]
    waits: str | None = None
    site: str | None = None
    value: str | None = None
    day_seconds: str | None = None


RETURNS = Flow("business", "event_log.waits", "site", "return_value", "standard_day_seconds")
ANY_LOG = Flow("elapsed")
