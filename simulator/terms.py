"""The parameters in force for a return: the usual ones, or from its start on those of a planted change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulator.behaviour import Behaviour, Outside
from simulator.parameters import Scenario
from simulator.world import Warehouse


@dataclass(frozen=True)
class Terms:
    """The parameters in force for a return at an instant."""

    behaviour: Behaviour
    outside: Outside
    work_minutes: Mapping[str, float]


class TermsByPlace:
    """The usual terms, and from its start on the changed ones of each site."""

    def __init__(self, scenario: Scenario, sites: Mapping[str, Warehouse]) -> None:
        usual = Terms(scenario.behaviour, scenario.outside, scenario.work_minutes)
        self._usual = self._changed = usual
        self._from: dict[str, int] = {}
        change = scenario.change
        if change is None:
            return
        self._changed = Terms(
            replace(usual.behaviour, **change.behaviour),
            replace(usual.outside, **change.outside),
            {**usual.work_minutes, **change.work_minutes},
        )
        starts = {site.site_id: change.start_of(site.entity.entity_id, site.site_id) for site in sites.values()}
        self._from = {
            site_id: sites[site_id].entity.zone.instant(day, 0) for site_id, day in starts.items() if day is not None
        }

    def at(self, site_id: str, now: int) -> Terms:
        """Return the terms for a return of a site at an instant."""
        start = self._from.get(site_id)
        return self._usual if start is None or now < start else self._changed
