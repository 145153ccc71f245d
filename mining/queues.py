"""Queues: work in progress over time, what comes and goes, and whether it fits Little's law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from mining.log import EventLog
from mining.segments import SEGMENTS

DAY_MICROS = 86_400_000_000
WORK = (("Inspection Started", "Inspection Completed"),)


@dataclass(frozen=True)
class QueueDay:
    """One local date of a place: arrivals, departures and what is there when the day ends."""

    day: date
    arrivals: int
    departures: int
    in_progress: int


@dataclass(frozen=True)
class Queue:
    """A place over time: a segment, or the whole process when `place` is None; a row for each day from the first."""

    place: str | None
    days: tuple[QueueDay, ...]


@dataclass(frozen=True)
class FlowBalance:
    """What comes and goes at a place in a window, and Little's law there.

    `at_start` and `at_end` are there at the ends of the window from `start_at` to before `end_at`. `mean_in_progress`
    is L, the average number there over the window; `arrivals_per_day` is lambda, by elapsed days; `mean_stay_days` is
    W, of those that left in the window; `expected_in_progress` is lambda x W. `relative_gap` is (lambda W - L) / L: it
    is 0 when nothing is there at either end, and otherwise comes from the stays that the window cuts. The rates a
    working day are over `working_days`, days on which an entity of the log works (every day of other logs).
    """

    place: str | None
    start_at: datetime
    end_at: datetime
    at_start: int
    arrivals: int
    departures: int
    at_end: int
    working_days: int
    mean_in_progress: float
    arrivals_per_day: float
    mean_stay_days: float | None
    expected_in_progress: float | None
    relative_gap: float | None
    arrivals_per_working_day: float | None
    departures_per_working_day: float | None


@dataclass(frozen=True)
class WorkTime:
    """Observed work from one stamp to another of the same row: durations in seconds, elapsed and business.

    These are the only service times that a log shows. Elsewhere there is one stamp a step, and the gap before it
    cannot be split into waiting and working.
    """

    begun: str
    done: str
    jobs: int
    without_end: int
    mean_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None
    total_seconds: float | None
    mean_business_seconds: float | None
    median_business_seconds: float | None
    p90_business_seconds: float | None
    total_business_seconds: float | None


def queues(log: EventLog, segments: str | None = SEGMENTS) -> tuple[Queue, ...]:
    """Return work in progress by day for the whole process and, of returns, for each segment.

    Days are local to each return's entity. ``segments=None`` reads any log, by UTC days, as one place: the process.
    """
    rows = log.rows("movements", segments=segments)
    if not rows:
        return ()
    first, last = min(row[1] for row in rows), max(row[1] for row in rows)
    return tuple(
        Queue(place, _days({row[1]: (row[2], row[3]) for row in moves}, first, last))
        for place, moves in groupby(rows, key=lambda row: row[0])
    )


def _days(moves: dict[date, tuple[int, int]], first: date, last: date) -> tuple[QueueDay, ...]:
    days, there = [], 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        arrivals, departures = moves.get(day, (0, 0))
        there += arrivals - departures
        days.append(QueueDay(day, arrivals, departures, there))
    return tuple(days)


def flow_balance(
    log: EventLog,
    start: datetime | None = None,
    end: datetime | None = None,
    segments: str | None = SEGMENTS,
) -> tuple[FlowBalance, ...]:
    """Check Little's law, L = lambda W, in the window from `start` to before `end` (UTC), or over the whole log.

    J. Little, "A Proof for the Queuing Formula: L = lambda W" (Operations Research, 1961); on finite windows: J. Little
    and S. Graves, "Little's Law" (2008).
    """
    rows = log.rows("flow_balance", {"start": start, "end": end}, segments=segments)
    found = [row for row in rows if row[2] > row[1]]
    return tuple(_balance(row, _working_days(log, row[1], row[2], segments)) for row in found)


def _working_days(log: EventLog, start: datetime, end: datetime, segments: str | None) -> int:
    first, last = start.date(), (end - timedelta(microseconds=1)).date()
    if segments is None:
        return (last - first).days + 1
    [(days,)] = log.rows("working_days", {"first": first, "last": last})
    return int(days)


def _balance(row: Any, working_days: int) -> FlowBalance:
    place, start, end, at_start, arrivals, departures, at_end, inside_micros, departed_micros = row
    length = (end - start) / timedelta(days=1)
    mean = inside_micros / DAY_MICROS / length
    stay = departed_micros / DAY_MICROS / departures if departures else None
    expected = None if stay is None else arrivals / length * stay
    return FlowBalance(
        place=place,
        start_at=start,
        end_at=end,
        at_start=at_start,
        arrivals=arrivals,
        departures=departures,
        at_end=at_end,
        working_days=working_days,
        mean_in_progress=mean,
        arrivals_per_day=arrivals / length,
        mean_stay_days=stay,
        expected_in_progress=expected,
        relative_gap=(expected - mean) / mean if expected is not None and mean else None,
        arrivals_per_working_day=arrivals / working_days if working_days else None,
        departures_per_working_day=departures / working_days if working_days else None,
    )


def work_times(log: EventLog) -> tuple[WorkTime, ...]:
    """Return the observed work of the steps that returns stamp at both ends (needs the source_key of the events)."""
    return tuple(WorkTime(begun, done, *log.rows("work_times", begun=begun, done=done)[0]) for begun, done in WORK)
