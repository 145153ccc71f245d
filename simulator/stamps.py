"""Instants, money and truth values as the source systems write them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from simulator.clock import DAY, Zone


@lru_cache(maxsize=4096)
def _day(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def _wall(seconds: int) -> str:
    day, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, 3600)
    return f"{_day(day)}T{hours:02}:{rest // 60:02}:{rest % 60:02}"


def utc(instant: int | None) -> str:
    """Return an instant in UTC, ``2025-03-04T05:06:07Z``; empty for None."""
    return "" if instant is None else _wall(instant) + "Z"


def offset(instant: int | None, where: Zone) -> str:
    """Return an instant on a zone's wall clock with its offset, ``2025-03-04T05:06:07-05:00``; empty for None."""
    if instant is None:
        return ""
    minutes = where.offset(instant) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{_wall(instant + minutes * 60)}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def local(instant: int | None, where: Zone) -> str:
    """Return an instant on a zone's wall clock, ``2025-03-04T05:06:07``; empty for None."""
    return "" if instant is None else _wall(where.local(instant))


def money(hundredths: int | None) -> str:
    """Return an amount with two decimals; empty for None."""
    if hundredths is None:
        return ""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def flag(value: bool) -> str:
    """Return a truth value."""
    return "true" if value else "false"
