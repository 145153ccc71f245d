"""Local time, opening hours and exchange rates, a day at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
FIRST_DAY = date(1999, 12, 1)


def to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """The later instant of a repeated wall clock; a skipped one moves forward by the gap."""
    offsets = [wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
    return (wall - min(offsets)).replace(tzinfo=UTC)


def wall_clock(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


class Clock:
    """The reference tables that time and money need."""

    def __init__(self, reference: dict[str, list[Row]]) -> None:
        self.entities = {row["entity_id"]: row for row in reference["reference.entities"]}
        self.hours: dict[str, dict[int, tuple[int, int]]] = {}
        for row in reference["reference.calendars"]:
            opening = (row["open_time"], row["close_time"])
            self.hours.setdefault(row["calendar_id"], {})[row["weekday"]] = opening
        self.totals: dict[str, list[timedelta]] = {}
        self.holidays = {(row["calendar_id"], row["holiday_date"]) for row in reference["reference.holidays"]}
        self.rates = {(row["currency"], row["month"]): row["rate"] for row in reference["reference.fx_rates"]}

    def zone(self, entity_id: str | None) -> ZoneInfo:
        entity = self.entities.get(entity_id)
        return ZoneInfo(entity["time_zone"] if entity else "UTC")

    def week(self, entity_id: str | None) -> dict[int, tuple[int, int]]:
        """Opening minutes by weekday (1 = Monday); empty without a calendar."""
        entity = self.entities.get(entity_id)
        return self.hours.get(entity["calendar_id"], {}) if entity else {}

    def day_end(self, day: date, entity_id: str | None) -> datetime:
        """Where a stamp of day precision stands."""
        closes = self.week(entity_id).get(day.isoweekday(), (0, 24 * 60))[1]
        return to_utc(wall_clock(day, closes), self.zone(entity_id))

    def local_date(self, instant: datetime, entity_id: str | None) -> date:
        return instant.astimezone(self.zone(entity_id)).date()

    def month(self, instant: datetime, entity_id: str | None) -> date:
        return self.local_date(instant, entity_id).replace(day=1)

    def opening(self, day: date, entity_id: str) -> tuple[datetime, datetime] | None:
        """When the entity opens and closes on a local day; None on closed days and holidays."""
        week, zone = self.week(entity_id), self.zone(entity_id)
        if day.isoweekday() not in week or (self.entities[entity_id]["calendar_id"], day) in self.holidays:
            return None
        opens, closes = week[day.isoweekday()]
        return to_utc(wall_clock(day, opens), zone), to_utc(wall_clock(day, closes), zone)

    def open_before(self, day: date, entity_id: str) -> timedelta:
        """Open time of all days from FIRST_DAY to the day before; each day is counted once per entity."""
        totals = self.totals.setdefault(entity_id, [timedelta(0)])
        while len(totals) <= (day - FIRST_DAY).days:
            opening = self.opening(FIRST_DAY + (len(totals) - 1) * DAY, entity_id)
            opened = max(opening[1] - opening[0], timedelta(0)) if opening else timedelta(0)
            totals.append(totals[-1] + opened)
        return totals[(day - FIRST_DAY).days]

    def open_until(self, instant: datetime, entity_id: str) -> timedelta:
        """Open time from FIRST_DAY to the instant: whole days, then the three around the instant piece by piece."""
        day = self.local_date(instant, entity_id)
        total = self.open_before(day - DAY, entity_id)
        for near in (day - DAY, day, day + DAY):
            opens, closes = self.opening(near, entity_id) or (instant, instant)
            total += max(min(instant, closes) - opens, timedelta(0))
        return total

    def business_seconds(self, start: datetime, end: datetime, entity_id: str | None) -> Fraction | None:
        """Open time in [start, end), 0 when end is not later; None without a calendar."""
        if not self.week(entity_id):
            return None
        total = max(self.open_until(end, entity_id) - self.open_until(start, entity_id), timedelta(0))
        return Fraction(total // MICROSECOND, 1_000_000)

    def business_days(self, start: datetime, end: datetime, entity_id: str | None) -> Fraction | None:
        seconds = self.business_seconds(start, end, entity_id)
        if seconds is None:
            return None
        lengths = [closes - opens for opens, closes in self.week(entity_id).values()]
        return seconds / (Fraction(sum(lengths), len(lengths)) * 60)

    def convert(self, amount: Fraction, currency: str, instant: datetime, entity_id: str | None) -> Fraction | None:
        """The amount in the reporting currency, by the rate of the local month; None without a rate."""
        rate = self.rates.get((currency, self.month(instant, entity_id)))
        return None if rate is None else amount * rate
