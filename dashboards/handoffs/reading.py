"""How handoffs are read: the shown measure, the clock of the waits, and every measure in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dashboards.charts.handoff_matrix import Cell
from mining.handoffs import Handoff, Level
from mining.map_view import DAY, Clock
from pipeline import formats

Measure = Literal["handoffs", "median wait", "bounced back", "value waiting"]
LEVELS: tuple[Level, ...] = ("department", "system", "resource")
MEASURES: tuple[Measure, ...] = get_args(Measure)
MOST_OWNERS = 14


@dataclass(frozen=True)
class HandoffReading:
    """The shown measure, the clock, the seconds of a business day (None: calendars differ), and the currency."""

    measure: Measure
    clock: Clock
    business_day: float | None
    currency: str

    @property
    def day_seconds(self) -> float:
        """Seconds of a day of the clock; endless where days have no one length, so that waits stay in hours."""
        return DAY if self.clock == "elapsed" else self.business_day or float("inf")

    def median(self, handoff: Handoff) -> float | None:
        """Return the median wait on the clock, in seconds."""
        return handoff.median_seconds if self.clock == "elapsed" else handoff.median_business_seconds

    def value(self, handoff: Handoff) -> float | None:
        """Return the shown measure: a count, seconds, a share, or money times days."""
        match self.measure:
            case "handoffs":
                return float(handoff.frequency)
            case "median wait":
                return self.median(handoff)
            case "bounced back":
                return handoff.bounced_share
            case "value waiting":
                return handoff.value_days

    def print(self, value: float | None) -> str:
        """Return a value of the shown measure as a cell has it; `title` names the unit of money."""
        if value is None:
            return formats.NOTHING
        match self.measure:
            case "handoffs":
                return formats.count(value)
            case "median wait":
                return formats.duration(value, self.day_seconds)
            case "bounced back":
                return formats.share(value)
            case "value waiting":
                return formats.money(value, "")

    @property
    def title(self) -> str:
        """Name the measure and its unit."""
        clock = "business time" if self.clock == "business" else "elapsed time"
        names: dict[Measure, str] = {
            "handoffs": "Number of handoffs",
            "median wait": f"Median wait from the giver's step to the taker's, {clock}",
            "bounced back": "Share of handoffs that the next handoff gives back",
            "value waiting": f"Value of the returns x elapsed days waited, in {self.currency or 'money'}-days",
        }
        return names[self.measure]

    def lines(self, handoff: Handoff) -> tuple[str, ...]:
        """Say all measures of a handoff."""
        business = formats.duration(handoff.median_business_seconds, self.business_day or float("inf"))
        lines = [
            f"{formats.count(handoff.frequency)} handoffs in {formats.count(handoff.cases)} returns",
            f"Median wait: {business} business time, {formats.duration(handoff.median_seconds, DAY)} elapsed",
            f"Bounced back: {formats.count(handoff.bounced)} ({formats.share(handoff.bounced_share)}), "
            f"{formats.count(handoff.ping_pong)} at once",
        ]
        if handoff.value_days is not None:
            lines.append(f"Value waiting: {formats.money_days(handoff.value_days, self.currency)}")
        return tuple(lines)

    def cells(self, handoffs: Sequence[Handoff]) -> list[Cell]:
        """Return what the figures draw."""
        return [
            Cell(
                one.from_name,
                one.to_name,
                (value := self.value(one)),
                self.print(value),
                self.lines(one),
                one.frequency,
            )
            for one in handoffs
        ]


def owners_of(handoffs: Sequence[Handoff]) -> list[str]:
    """Return everybody who gives or takes, most handoffs first, by name when equal."""
    counts: Counter[str] = Counter()
    for one in handoffs:
        counts.update({one.from_name: one.frequency})
        counts.update({one.to_name: one.frequency})
    return sorted(counts, key=lambda name: (-counts[name], name))


def busiest(handoffs: Sequence[Handoff], most: int = MOST_OWNERS) -> list[str]:
    """Return the owners with most handoffs, at most `most`."""
    return owners_of(handoffs)[:most]


def among(handoffs: Sequence[Handoff], owners: Sequence[str]) -> list[Handoff]:
    """Return the handoffs between these owners."""
    return [one for one in handoffs if one.from_name in owners and one.to_name in owners]
