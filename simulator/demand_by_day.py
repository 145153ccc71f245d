"""The draws of returns that depend on the day: when they are requested, where, by which channel and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from random import Random

from simulator.parameters import Scenario

WEEKEND_ACCEPTED = 0.25


def weighted(random: Random, weights: Mapping[str, float]) -> str:
    """Return one key, drawn by weight."""
    sums = list(accumulate(weights.values()))
    return list(weights)[bisect_right(sums, random.random() * sums[-1])]


@dataclass(frozen=True)
class Mix:
    """The shares of sites, channels and reasons."""

    sites: Mapping[str, float]
    channels: Mapping[str, float]
    reasons: Mapping[str, float]


class Demand:
    """When the returns of a scenario are requested and what they are, each drawn from random numbers of its own."""

    def __init__(self, scenario: Scenario, days: int, seed: int) -> None:
        self._scenario, self._seed = scenario, seed
        self._dates = [scenario.horizon.start + timedelta(days=number) for number in range(days)]
        sites = {site_id: site.share for site_id, site in scenario.sites.items()}
        self._usual = Mix(sites, scenario.channels, scenario.reasons)
        self._volumes = list(accumulate(self._volume(number) for number in range(days)))

    def day(self, number: int) -> int | None:
        """Return on which day of the horizon a return is requested, None when that is left to its plan."""
        if not self._scenario.season and self._scenario.drift is None:
            return None
        drawn = Random(f"{self._seed}:day:{number}").random()
        return bisect_right(self._volumes, drawn * self._volumes[-1])

    def mix(self, day: int | None) -> Mix:
        """Return the mix of a day."""
        drift = self._scenario.drift
        if drift is None or day is None:
            return self._usual
        on, usual = self._dates[day], self._usual
        return Mix(
            drift.shares(usual.sites, drift.sites, on),
            drift.shares(usual.channels, drift.channels, on),
            drift.shares(usual.reasons, drift.reasons, on),
        )

    def slowness(self, number: int, channel: str) -> float:
        """Return how many times as long as others the customer of a return takes to ship."""
        slow = self._scenario.slow_customers
        if slow is None or (slow.channels and channel not in slow.channels):
            return 1.0
        return slow.factor if Random(f"{self._seed}:slow:{number}").random() < slow.share else 1.0

    def _volume(self, number: int) -> float:
        on = self._dates[number]
        volume = self._scenario.season.get(str(on.month), 1.0)
        return volume * (WEEKEND_ACCEPTED if on.isoweekday() > 5 else 1.0)
