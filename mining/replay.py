"""A replay: a sample of cases as tokens that visit the steps of a map over calendar time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mining.log import EventLog
from mining.segments import MILESTONES, SEGMENTS
from mining.simplify import Edge

MOST = 300
BUSINESS_DAYS = "staging.business_days"
UTC_NAME = "UTC"


@dataclass(frozen=True)
class SampledCase:
    """A case: its first event, its end (None while it is open), its events in order and when it was over a target."""

    case_id: str
    time_zone: str
    started_at: datetime
    left_at: datetime | None
    events: tuple[tuple[str, datetime], ...]
    overdue: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class Sample:
    """Cases chosen from the `running` ones that were in progress between `start` and `end` (naive UTC)."""

    start: datetime
    end: datetime
    running: int
    cases: tuple[SampledCase, ...]

    @property
    def time_zone(self) -> str:
        """The zone that most of the cases live by; of equal ones the first by name."""
        zones = Counter(case.time_zone for case in self.cases)
        return min(zones, key=lambda zone: (-zones[zone], zone), default=UTC_NAME)


@dataclass(frozen=True)
class Token:
    """A case on the map, in whole minutes from the start of the window.

    `visits` are (step, minute) in order, steps by their number on the map; it is in progress from `begins` to before
    `ends` (None while it is open) and over a target in the spans `overdue`.
    """

    begins: int
    ends: int | None
    visits: tuple[tuple[int, int], ...]
    overdue: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Replay:
    """The tokens of a sample on a map, and what of it can't be seen there.

    `hidden_events` fall into the window at steps that the map hides; `jumps` are moves to a step in the window along
    an edge that it hides. `shifts` are (minute, offset) of the calendar `time_zone`: from that minute on, local time
    is UTC plus that many minutes; the first one is at 0.
    """

    start: datetime
    minutes: int
    time_zone: str
    shifts: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    hidden_events: int
    jumps: int


def sample_cases(log: EventLog, days: int | None, most: int = MOST) -> Sample | None:
    """Choose cases of returns to replay by the MD5 of their ids, so that the same ones are chosen everywhere.

    The window are the last `days` days in which cases began, or with None all of the log's time, from a full hour on.
    None without cases.
    """
    [(first, last, seen)] = log.rows("replay_bounds")
    if first is None:
        return None
    start, end = (first, max(seen, last)) if days is None else (last - timedelta(days=days), last)
    start = start.replace(minute=0, second=0, microsecond=0)
    rows = log.rows("replay_sample", {"start": start, "end": end, "most": most})
    chosen = {"sample": [row[0] for row in rows]}
    events, overdue = defaultdict(list), defaultdict(list)
    for case_id, activity, at in log.rows("replay_events", chosen):
        events[case_id].append((activity, at))
    relations = {"segments": SEGMENTS, "milestones": MILESTONES, "days": BUSINESS_DAYS}
    for case_id, since, until in log.rows("replay_overdue", chosen, **relations):
        overdue[case_id].append((since, until))
    cases = tuple(
        SampledCase(name, zone or UTC_NAME, begun, left, tuple(events[name]), tuple(overdue[name]))
        for name, zone, begun, left, _ in rows
    )
    return Sample(start, end, rows[0][4] if rows else 0, cases)


def replay_on(sample: Sample, steps: Sequence[str], edges: Collection[Edge]) -> Replay:
    """Turn a sample into tokens on a map that shows these steps and edges; hidden steps are passed over."""
    number = {step: position for position, step in enumerate(steps)}
    tokens = tuple(_token(case, sample.start, number) for case in sample.cases)
    hidden = sum(
        sample.start <= at <= sample.end and step not in number for case in sample.cases for step, at in case.events
    )
    length = _minutes(sample.end, sample.start)
    moves = [pair for token in tokens for pair in zip(token.visits, token.visits[1:], strict=False)]
    jumps = sum((steps[a], steps[b]) not in edges for (a, _), (b, at) in moves if 0 <= at <= length)
    zone = sample.time_zone
    return Replay(sample.start, length, zone, shifts(sample.start, length, zone), tokens, hidden, jumps)


def _token(case: SampledCase, start: datetime, number: dict[str, int]) -> Token:
    return Token(
        _minutes(case.started_at, start),
        None if case.left_at is None else _minutes(case.left_at, start),
        tuple((number[step], _minutes(at, start)) for step, at in case.events if step in number),
        tuple((_minutes(since, start), _minutes(until, start)) for since, until in case.overdue),
    )


def _minutes(at: datetime, start: datetime) -> int:
    return int((at - start) // timedelta(minutes=1))


def shifts(start: datetime, minutes: int, time_zone: str) -> tuple[tuple[int, int], ...]:
    """Return when a calendar's distance from UTC changes, seen every hour from `start` on, see `Replay`."""
    zone, aware = ZoneInfo(time_zone), start.replace(tzinfo=UTC)
    found: list[tuple[int, int]] = []
    for minute in range(0, minutes + 60, 60):
        distance = (aware + timedelta(minutes=minute)).astimezone(zone).utcoffset() or timedelta()
        offset = int(distance.total_seconds() // 60)
        if not found or offset != found[-1][1]:
            found.append((minute, offset))
    return tuple(found)
