"""A change of the process from given days on, at given places: the effect that a comparison has to find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simulator.staffing import Shift


@dataclass(frozen=True)
class Start:
    """From the local day ``since``, an entity or site (``unit_kind``) runs in the new way."""

    unit_kind: str
    unit: str
    since: date


@dataclass(frozen=True)
class Change:
    """What changes, for every return that is on its way or comes later, at each place from its start.

    ``segment`` is the part of a return that becomes quicker. ``teams`` replaces shifts (more people join, nobody
    leaves), the others replace single parameters.
    """

    name: str
    segment: str
    starts: tuple[Start, ...]
    teams: dict[str, Shift]
    behaviour: dict[str, float]
    outside: dict[str, float]
    work_minutes: dict[str, float]

    def start_of(self, entity_id: str, site_id: str | None = None) -> date | None:
        """Return from which day a place runs in the new way, None when it never does."""
        units = {("entity", entity_id), ("site", site_id)}
        return min((start.since for start in self.starts if (start.unit_kind, start.unit) in units), default=None)
