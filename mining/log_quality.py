"""How far the stamps of a log can be trusted: precision, order, clocks of the sources, logins, coverage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil
from statistics import median

from mining.batching import batched_activities
from mining.flow import RETURNS, Flow
from mining.log import EventLog

ORDERED = (("Delivered To Dock", "Goods Received", None), ("Goods Received", "Receipt Posted", "receipt_id"))
HANDS_ON = "wms"
LEAST_PAIRS = 20
SUSPECT_SHARE = 0.05
MOST_HOURS = 20
JUMP_SECONDS = 60
THIN = 0.1
LEAST_USUAL = 5


@dataclass(frozen=True)
class StampQuality:
    """Stamps of an activity in a source: all `events`, those that are only `dates`, those that name nobody.

    `followed` events have another one after them in their case, `same_instant` of these at the very same instant.
    `entered_together` were written in one second by one actor for five cases or more (of all sources of the activity).
    """

    activity: str
    source_system: str
    events: int
    dates: int
    without_resource: int
    followed: int
    same_instant: int
    entered_together: int


@dataclass(frozen=True)
class UndecidablePair:
    """One activity directly followed by another, and how often their order is only a convention.

    `same_instant` have one instant, `same_day` one local day and one of them no time; `share` of all `pairs` together.
    """

    activity: str
    next_activity: str
    pairs: int
    same_instant: int
    same_day: int
    share: float


@dataclass(frozen=True)
class ClockSkew:
    """Stamps of two sources, at one site, that must stand in order: how many are `backward`, and how far.

    `median_seconds` and `p5_seconds` are of later minus earlier. With 20 pairs or more of which 5 % are backward,
    `offset_hours` is the least number of whole hours by which the later source would have to be put forward, or the
    earlier one back, to set all but one pair in twenty right: a hint at a wrong time zone. None otherwise. A clock that
    is wrong the other way only lengthens the wait, which no order can show.
    """

    earlier: str
    later: str
    site: str | None
    earlier_source: str
    later_source: str
    pairs: int
    backward: int
    median_seconds: float
    p5_seconds: float
    offset_hours: int | None


@dataclass(frozen=True)
class SharedLogin:
    """A login of a person that seems to be used by several: `days` on which it was at work in more than 20 hours.

    `most_hours` is the most in one day (0 where no day is suspect); `jumps` is how often its hands were on goods at two
    sites within a minute.
    """

    resource: str
    days: int
    most_hours: int
    jumps: int


@dataclass(frozen=True)
class Coverage:
    """Events of an activity in a source by month, from the first to the last month of the log.

    `gaps` are months without any between months that have some, `thin` those with less than a tenth of the usual (the
    median of those months). With less than five a month usual, chance makes such months, and none is told.
    """

    activity: str
    source_system: str
    months: tuple[tuple[str, int], ...]
    gaps: tuple[str, ...]
    thin: tuple[str, ...]


def stamp_quality(log: EventLog) -> tuple[StampQuality, ...]:
    """Return the quality of stamps by activity and source, by name."""
    together = {one.activity: one.batched for one in batched_activities(log, seconds=1)}
    return tuple(StampQuality(*(*row, together.get(row[0], 0))) for row in log.rows("stamp_quality"))


def undecidable_pairs(log: EventLog, flow: Flow = RETURNS) -> tuple[UndecidablePair, ...]:
    """Return the directly-follows pairs whose order cannot always be decided, the most frequent doubts first."""
    return tuple(UndecidablePair(*row) for row in log.rows("undecidable_pairs", time_zone=flow.time_zone))


def clock_skews(log: EventLog, flow: Flow = RETURNS) -> tuple[ClockSkew, ...]:
    """Hold the sources of returns against each other where one must come first: carrier, warehouse, ERP; by site.

    A log that is not of returns has no such pairs, and no result.
    """
    if flow.site is None:
        return ()
    found = []
    for earlier, later, key in ORDERED:
        for row in log.rows("ordered_stamps", earlier=earlier, later=later, key=key, site=flow.site):
            site, source, later_source, pairs, backward, middle, low = row
            is_suspect = pairs >= LEAST_PAIRS and backward >= SUSPECT_SHARE * pairs and low < 0
            offset = ceil(-low / 3600) if is_suspect else None
            found.append(ClockSkew(earlier, later, site, source, later_source, pairs, backward, middle, low, offset))
    return tuple(found)


def shared_logins(log: EventLog, flow: Flow = RETURNS) -> tuple[SharedLogin, ...]:
    """Return logins of people that no one person can have used, the most suspect days first; ties by name."""
    days = {row[0]: (row[1], row[2]) for row in log.rows("round_the_clock", {"most_hours": MOST_HOURS})}
    jumps: dict[str, int] = {}
    if flow.site is not None:
        jumps = dict(log.rows("at_two_sites", {"seconds": JUMP_SECONDS}, site=flow.site, system=HANDS_ON))
    found = [SharedLogin(name, *days.get(name, (0, 0)), jumps.get(name, 0)) for name in {*days, *jumps}]
    return tuple(sorted(found, key=lambda one: (-one.days, -one.jumps, one.resource)))


def coverage(log: EventLog) -> tuple[Coverage, ...]:
    """Return what each source tells of each activity month by month (UTC), by name."""
    rows = log.rows("monthly_events")
    if not rows:
        return ()
    months = _months(min(row[2] for row in rows), max(row[2] for row in rows))
    return tuple(
        _coverage(*key, [counts.get(month, 0) for month in months], months)
        for key, group in groupby(rows, key=lambda row: (row[0], row[1]))
        for counts in [{row[2]: row[3] for row in group}]
    )


def _coverage(activity: str, source: str, counts: list[int], months: list[str]) -> Coverage:
    seen = [number for number, count in enumerate(counts) if count]
    between = range(seen[0], seen[-1] + 1)
    usual = median(counts[number] for number in between)
    inner = between[1:-1] if usual >= LEAST_USUAL else ()
    return Coverage(
        activity,
        source,
        tuple(zip(months, counts, strict=True)),
        tuple(months[number] for number in inner if not counts[number]),
        tuple(months[number] for number in inner if 0 < counts[number] < THIN * usual),
    )


def _months(first: str, last: str) -> list[str]:
    """Return the months from first to last, each ``YYYY-MM``."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]
