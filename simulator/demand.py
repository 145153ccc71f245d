"""When returns are requested and what they are, as far as it changes with the date: season, drift, slow customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Drift:
    """A mix that moves, from ``start`` to ``end`` (evenly in between), to other shares of sites, channels and reasons.

    What is not named keeps the scenario's shares.
    """

    start: date
    end: date
    sites: dict[str, float]
    channels: dict[str, float]
    reasons: dict[str, float]

    def progress(self, day: date) -> float:
        """Return how far the drift has come on a day, 0 to 1."""
        days = max(1, (self.end - self.start).days)
        return min(1.0, max(0.0, (day - self.start).days / days))

    def shares(self, usual: Mapping[str, float], later: Mapping[str, float], day: date) -> dict[str, float]:
        """Return the shares of a day, between the usual ones and those at the end of the drift."""
        if not later:
            return dict(usual)
        at = self.progress(day)
        total, total_later = sum(usual.values()), sum(later.values())
        return {
            name: (1 - at) * share / total + at * later.get(name, 0.0) / total_later for name, share in usual.items()
        }


@dataclass(frozen=True)
class SlowCustomers:
    """A ``share`` of customers' shipments takes ``factor`` times as long as the others.

    Only returns by ``channels`` are slow so, when any is named.
    """

    share: float
    factor: float
    channels: tuple[str, ...]
