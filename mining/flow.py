"""What a log tells beyond activities and instants: which clock to read, and what says where and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Flow:
    """How to read the waits of a log.

    `clock`: open time of the entity's calendar, or elapsed time. `waits` is a relation with one row per wait, as
    ``event_log.waits``; without it every event waits since the one before it. `site`, `value` (money),
    `day_seconds` (length of a working day), `entity` (whose calendars the warehouse has) and `time_zone` are columns of
    the cases. None where a log has no such thing.
    """

    clock: Literal["business", "elapsed"]
    waits: str | None = None
    site: str | None = None
    value: str | None = None
    day_seconds: str | None = None
    entity: str | None = None
    time_zone: str | None = None


RETURNS = Flow(
    clock="business",
    waits="event_log.waits",
    site="site",
    value="return_value",
    day_seconds="standard_day_seconds",
    entity="entity_id",
    time_zone="time_zone",
)
ANY_LOG = Flow(clock="elapsed")
