"""What an event log amounts to, and how its activities recur."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mining.log import EventLog


@dataclass(frozen=True)
class Totals:
    """The size of a log, its first and last instant (UTC) and its cases' durations, first to last event, in seconds.

    Durations and instants are None for a log without events.
    """

    cases: int
    events: int
    activities: int
    variants: int
    resources: int
    first_event_at: datetime | None
    last_event_at: datetime | None
    mean_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None


@dataclass(frozen=True)
class ActivityUse:
    """An activity: its events and cases, and how it recurs.

    `start_cases` and `end_cases` begin and end with it (pm4py's start and end activities); in `rework_cases` it occurs
    more than once (pm4py's rework cases per activity); `self_loops` counts how often it directly follows itself.
    """

    activity: str
    events: int
    cases: int
    start_cases: int
    end_cases: int
    rework_cases: int
    self_loops: int


def log_totals(log: EventLog) -> Totals:
    """Return what a log amounts to; percentiles interpolate linearly."""
    [row] = log.rows("log_totals")
    return Totals(*row)


def activity_use(log: EventLog) -> tuple[ActivityUse, ...]:
    """Return the activities of a log, those with most events first."""
    return tuple(ActivityUse(*row) for row in log.rows("activity_use"))
