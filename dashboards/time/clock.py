"""The clock by which the time of returns is read, and the unit it is printed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mining.map_view import DAY, Clock
from pipeline import formats

HOUR = 3600.0
HOURS = "business hours"


@dataclass(frozen=True)
class ClockUnit:
    """A clock and its unit: `size` seconds, as printed beside a number (`short`) and in a sentence (`long`)."""

    clock: Clock
    size: float
    short: str
    long: str

    def print(self, seconds: float | None) -> str:
        """Return seconds of the clock in its unit, e.g. ``2.3 d``."""
        return formats.measured(None if seconds is None else seconds / self.size, self.short)

    def say(self, seconds: float) -> str:
        """Return seconds of the clock for a sentence, e.g. ``12.3 business days``."""
        return formats.measured(seconds / self.size, self.long)


def unit_of(clock: Clock, standard_days: Sequence[float]) -> ClockUnit:
    """Return days, or hours on the business clock when the calendars' days have different lengths."""
    if clock == "elapsed":
        return ClockUnit("elapsed", DAY, "d", "elapsed days")
    if len(standard_days) == 1:
        return ClockUnit("business", standard_days[0], "d", "business days")
    return ClockUnit("business", HOUR, "h", HOURS)
