"""The scale on which a map's measure becomes a colour: levels from 0 to 1, and the marks that its legend names."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mining.drawing.picture import log_level

Mark = tuple[float, str]

CLOSEST = 0.16


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high`; on a logarithmic scale smaller ones count as `low`."""

    low: float
    high: float
    is_log: bool

    def level(self, value: float | None) -> float | None:
        """Return where a value lies, 0..1; None without one."""
        if value is None:
            return None
        if self.is_log:
            return log_level(value, self.low, self.high)
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0) if self.high > self.low else 0.0

    def marks(self, rounds: Sequence[Mark], show: Callable[[float], str]) -> list[Mark]:
        """Return the marks of the legend: both ends always, of the `rounds` (value and text) those with room."""
        if self.high <= self.low:
            return [(0.0, show(self.high))]
        below = "≤" if self.is_log else ""
        marks = [(0.0, f"{below}{show(self.low)}")]
        for value, text in rounds:
            level = self.level(value) or 0.0
            if level - marks[-1][0] >= CLOSEST and level <= 1 - CLOSEST:
                marks.append((level, text))
        return [*marks, (1.0, show(self.high))]


@dataclass(frozen=True)
class Balance:
    """Differences from -`most` to `most`, neutral at level 0.5; with `is_rooted` small ones stand further apart."""

    most: float
    is_rooted: bool = False

    def level(self, value: float | None) -> float | None:
        """Return where a difference lies, 0..1; None without one."""
        if value is None:
            return None
        if not self.most:
            return 0.5
        part = max(-1.0, min(1.0, value / self.most))
        return 0.5 + math.copysign(math.sqrt(abs(part)) if self.is_rooted else abs(part), part) / 2

    def marks(self, show: Callable[[float], str]) -> list[Mark]:
        """Return the marks of the legend: both ends and the middle."""
        middle = (0.5, "no difference")
        return [(0.0, show(-self.most)), middle, (1.0, show(self.most))] if self.most else [middle]
