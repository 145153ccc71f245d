"""A world in the making, and what its stories draw from."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from .reference import ENTITIES, SITES

Row = dict[str, Any]
MICRO, SECOND, HOUR, DAY = timedelta(microseconds=1), timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
ZONES = {entity[0]: entity[3] for entity in ENTITIES}
SITE_ZONES = {site[0]: site[2] for site in SITES}
# Wall clocks that happen twice or never in some of the zones.
ODD_WALLS = (
    "2025-03-09T02:30:00", "2025-11-02T01:30:00", "2025-03-30T02:15:00", "2025-10-26T02:45:00",
    "2025-03-30T01:30:00", "2025-10-26T01:30:00", "2025-04-06T01:45:00", "2025-10-05T02:10:00",
    "2025-04-05T23:30:00", "2025-09-07T00:30:00", "2025-03-09T02:00:00", "2025-11-02T02:00:00",
)  # fmt: skip
FAR_AWAY = (
    datetime(2000, 1, 1, 5, tzinfo=UTC),
    datetime(2011, 2, 3, tzinfo=UTC),
    datetime(2089, 12, 31, 1, tzinfo=UTC),
)
RMA_FORMS = ("RMA-{:05d}", "rma {:05d}", "#RMA/{:05d} ", "Rma_{:05d}", "R.M.A.{:05d}", "\u2116 RMA-{:05d}")
RMA_WORDS = ("R\u00fcck-7", "r\u00dcCK 7", "\u03c3\u03c2-1", "\u03a3\u03c31", "---", "\u0416\u0436 9", "\u0436\u0416-9",
             "caf\u00e9 3", "CAFE\u0301-3", "\uff11\uff12", "12", "#", "\u0663\u0664", "0012")  # fmt: skip
SKUS = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "p1", "PX")
QUANTITIES = ("1", "2", "3", "10", "0.5", "0.333333333", "2.5", "1e1", "+4", "7.000")
PRICES = ("66.11", "0", "10", "33.333333333", "-5.25", "1e2", "19.99", "0.01", "123.456789", "+8.50")
CURRENCIES = ("USD", "EUR", "AUD", "JPY")
LINE_NUMBERS = (("1", "2", "3"), ("10", "9", "A"), ("1.0", "01", "1"), ("B", "A", "02"), ("20", "3", "100"))
REASONS = ("DEF", "W", "DMG", "DEF", "W", "DMG", "X", "DEFECTIVE", "def", "Q", "", "NOPE", "R\u00fcck")
DISPOSITIONS = ("RS", "SC", "KEEP", "ZZ", "QQ", "RTV", "SCRAP", "rs")
USERS = ("u1", "u2", "u3", "bot1", "bot2", "ghost", "u4")
STATUSES = ("quarantine", "available", "repair", "scrapped", "returned_to_vendor", "returned_to_customer", "available")
MESSAGE_TYPES = ("acknowledgement", "approval_notice", "receipt_confirmation", "credit_notice", "other")
CHANNELS = ("web", "WEB", "edi", "", "phone")
JITTER = (
    timedelta(0), timedelta(0), MICRO, -MICRO, SECOND, -SECOND, HOUR, 2 * HOUR, 4 * HOUR, 4 * HOUR + SECOND, 8 * HOUR,
    16 * HOUR, DAY, DAY + MICRO, 2 * DAY, 3 * DAY, 5 * DAY, 7 * DAY, 14 * DAY, -HOUR, -4 * HOUR, -DAY, 30 * DAY,
)  # fmt: skip


@dataclass
class World:
    """A world in the making: rows by table, with stamps already written out."""

    seed: int
    rng: random.Random
    horizon: datetime
    day_share: float
    far_share: float
    rows: dict[str, list[Row]] = field(default_factory=dict)
    returns: list[Row] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, values: Any) -> Any:
        return self.rng.choice(values)

    def add(self, table: str, **row: Any) -> Row:
        self.rows.setdefault(table, []).append(row)
        return row

    def next_id(self, prefix: str) -> str:
        """Ids whose order as text isn't the order of their making."""
        number = self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}{number * 7 % 101}-{number}"

    def near(self, start: datetime) -> datetime:
        """An instant near another one, at a limit of the horizon, or the same; never after the horizon."""
        draw = self.rng.random()
        if draw < self.far_share:
            return self.pick(FAR_AWAY)
        if draw < 0.08:
            start = self.horizon - self.pick((DAY, 14 * DAY, 2 * DAY, 4 * HOUR, timedelta(0)))
            return start + self.pick((timedelta(0), MICRO, -MICRO)) if start < self.horizon else start
        moved = start + self.pick(JITTER)
        if draw < 0.3:
            moved += timedelta(seconds=self.rng.randrange(0, 3 * 86400))
        return min(moved, self.horizon)

    def date_only(self, instant: datetime, zone: str) -> str | None:
        """The local day, as long as its end can't lie after the horizon."""
        day = instant.astimezone(ZoneInfo(zone)).date()
        early = instant < self.horizon - 2 * DAY
        return day.isoformat() if early and self.chance(self.day_share) else None

    def utc(self, instant: datetime | None, entity: str = "") -> str:
        """As erp and middleware write: UTC, with or without an offset."""
        if instant is None:
            return ""
        written = self.date_only(instant, ZONES.get(entity, "UTC"))
        if written:
            return written
        if self.chance(0.1):
            return self.offset(instant, entity, may_be_day=False)
        form = self.pick(("T", " "))
        return instant.replace(tzinfo=None).isoformat(sep=form) + self.pick(("Z", "Z", ""))

    def offset(self, instant: datetime | None, entity: str = "", may_be_day: bool = True) -> str:
        """As crm and tms write: with an offset."""
        if instant is None:
            return ""
        written = self.date_only(instant, ZONES.get(entity, "UTC")) if may_be_day else None
        if written:
            return written
        zone = self.pick((UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=30)), timezone(HOUR)))
        text = instant.astimezone(zone).isoformat()
        if text.endswith("+00:00"):
            return text.replace("+00:00", self.pick(("Z", "+00", "-00:00", "+0000")))
        return text.replace("+05:30", self.pick(("+05:30", "+0530"))).replace("-05:00", self.pick(("-05", "-05:00")))

    def wall(self, instant: datetime | None, site: str) -> str:
        """As wms writes: the site's wall clock."""
        if instant is None:
            return ""
        zone = SITE_ZONES.get(site, "UTC")
        written = self.date_only(instant, zone)
        if written:
            return written
        draw = self.rng.random()
        odd = self.pick(ODD_WALLS)
        if draw < 0.15 and datetime.fromisoformat(odd).replace(tzinfo=UTC) < self.horizon - DAY:
            return odd
        if draw < 0.2:
            return self.offset(instant, may_be_day=False)
        return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(sep=self.pick(("T", " ")))

    def maybe(self, share: float, instant: datetime) -> datetime | None:
        return self.near(instant) if self.chance(share) else None
