"""Time zones and working calendars, on whole UTC epoch seconds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = 86_400
HOUR = 3_600
MINUTE = 60
_EPOCH = date(1970, 1, 1)


class Zone:
    """An IANA time zone; offsets are looked up once an hour and kept."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._zone = ZoneInfo(name)
        self._offsets: dict[int, int] = {}

    def offset(self, instant: int) -> int:
        """Return the UTC offset in seconds at an instant."""
        hour = instant // HOUR
        found = self._offsets.get(hour)
        if found is None:
            span = datetime.fromtimestamp(hour * HOUR, UTC).astimezone(self._zone).utcoffset()
            found = self._offsets[hour] = 0 if span is None else int(span.total_seconds())
        return found

    def local(self, instant: int) -> int:
        """Return the wall clock at an instant, as seconds since 1970-01-01 00:00 of that wall clock."""
        return instant + self.offset(instant)

    def local_date(self, instant: int) -> date:
        """Return the local date at an instant."""
        return _EPOCH + timedelta(days=self.local(instant) // DAY)

    def instant(self, day: date, minutes: int) -> int:
        """Return the instant of a wall clock time, given in minutes after the midnight that starts ``day``."""
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
        return int(wall.replace(tzinfo=self._zone, fold=1).timestamp())


@cache
def zone(name: str) -> Zone:
    """Return the one Zone of a name."""
    return Zone(name)


def minutes_of(clock_time: str) -> int:
    """Return ``HH:MM`` as minutes after midnight."""
    hours, minutes = clock_time.split(":")
    return int(hours) * 60 + int(minutes)


@dataclass(frozen=True)
class Week:
    """Opening hours by ISO weekday (minutes after midnight) and the holidays without any."""

    hours: Mapping[int, tuple[int, int]]
    holidays: frozenset[date]

    def narrowed(self, weekdays: Iterable[int] | None, opens: str | None, closes: str | None) -> Week:
        """Return the week cut down to some weekdays and hours; None cuts nothing."""
        first = 0 if opens is None else minutes_of(opens)
        last = 1440 if closes is None else minutes_of(closes)
        days = set(self.hours if weekdays is None else weekdays) & set(self.hours)
        cut = {day: (max(self.hours[day][0], first), min(self.hours[day][1], last)) for day in sorted(days)}
        return Week({day: span for day, span in cut.items() if span[0] < span[1]}, self.holidays)

    def closing(self, where: Zone, day: date) -> int:
        """Return the instant a stamp with only this date stands at: closing time, or midnight ending a closed day."""
        return where.instant(day, self.hours.get(day.isoweekday(), (0, 1440))[1])


class OpenTime:
    """The open intervals of a week in a zone from ``first`` to ``last``, as sorted instants.

    ``later`` is another week, and the day from which it holds.
    """

    def __init__(
        self, week: Week, where: Zone, first: date, last: date, later: tuple[date, Week] | None = None
    ) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        total = 0
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if later is not None and day >= later[0]:
                week = later[1]
            if day in week.holidays or day.isoweekday() not in week.hours:
                continue
            opens, closes = week.hours[day.isoweekday()]
            start, end = where.instant(day, opens), where.instant(day, closes)
            self._starts.append(start)
            self._ends.append(end)
            self._before.append(total)
            total += end - start

    def elapsed(self, instant: int) -> int:
        """Return the open seconds before an instant, counted from the first interval."""
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0
        return self._before[index] + min(instant, self._ends[index]) - self._starts[index]

    def between(self, start: int, end: int) -> int:
        """Return the open seconds in [start, end); 0 when end is not after start."""
        return self.elapsed(end) - self.elapsed(start) if end > start else 0

    def is_open(self, instant: int) -> bool:
        """Return whether an instant lies in an open interval."""
        index = bisect_right(self._starts, instant) - 1
        return index >= 0 and instant < self._ends[index]

    def next_open(self, instant: int) -> int:
        """Return the instant itself when open, else the next opening; after the last interval the instant itself."""
        if self.is_open(instant):
            return instant
        index = bisect_right(self._starts, instant)
        return self._starts[index] if index < len(self._starts) else instant

    def add(self, instant: int, seconds: int) -> int:
        """Return when ``seconds`` of open time have passed since an instant."""
        target = self.elapsed(instant) + seconds
        index = bisect_right(self._before, target) - 1
        if index < 0:
            return instant + seconds
        end = self._starts[index] + target - self._before[index]
        if index and target == self._before[index]:
            return max(instant, self._ends[index - 1])
        return max(end, instant)
