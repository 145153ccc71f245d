"""Who works on returns, and when: the parameters of teams."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shift:
    """People of a team and when they work on returns: ISO weekdays and hours within the calendar of their entity."""

    people: int | None = None
    weekdays: tuple[int, ...] | None = None
    opens: str | None = None
    closes: str | None = None


@dataclass(frozen=True)
class Team:
    """A department's team, one in each entity or one in each site; ``at`` overrides the shift at single places."""

    department: str
    place: str
    prefix: str
    shift: Shift
    at: dict[str, Shift]
