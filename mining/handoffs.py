"""Who hands work to whom, how long it waits there, and how often it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from mining.log import EventLog

Level = Literal["system", "department", "resource"]
FEWEST_CASES = 5

COLUMNS: dict[Level, str] = {"system": "source_system", "department": "department", "resource": "resource"}


@dataclass(frozen=True)
class Handoff:
    """Work that goes from one owner to another between consecutive events of a case.

    `frequency` times, in `cases` cases; waits from the giver's event to the taker's in seconds, elapsed and on the
    business clock (None without a calendar). `bounced` of them go back to the giver with the next handoff, `ping_pong`
    of these with the very next event (A-B-A). `value_days` is the cases' value times the days that it waited, elapsed;
    None for a log without values.
    """

    from_name: str
    to_name: str
    frequency: int
    cases: int
    mean_seconds: float
    median_seconds: float
    p90_seconds: float
    total_seconds: float
    mean_business_seconds: float | None
    median_business_seconds: float | None
    p90_business_seconds: float | None
    total_business_seconds: float | None
    bounced: int
    ping_pong: int
    value_days: float | None

    @property
    def bounced_share(self) -> float:
        """Share (0..1) of these handoffs that bounce back."""
        return self.bounced / self.frequency


@dataclass(frozen=True)
class Handover:
    """Events of `to_name` that directly follow one of `from_name`, who may be the same; `share` (0..1) of all pairs."""

    from_name: str
    to_name: str
    frequency: int
    share: float


@dataclass(frozen=True)
class Together:
    """Two owners with events in the same cases."""

    one_name: str
    other_name: str
    cases: int


@dataclass(frozen=True)
class TouchPoints:
    """How often cases touch systems: each number of touch points with its cases, and the mean over all cases.

    `visits` are the changes of system plus one; `systems` are different ones. Means of no cases are None.
    """

    visits: tuple[tuple[int, int], ...]
    systems: tuple[tuple[int, int], ...]

    @property
    def mean_visits(self) -> float | None:
        """Mean visits of a case."""
        return _mean(self.visits)

    @property
    def mean_systems(self) -> float | None:
        """Mean number of different systems of a case."""
        return _mean(self.systems)


def handoffs(
    log: EventLog, level: Level, value: str | None = None, fewest_cases: int = FEWEST_CASES
) -> tuple[Handoff, ...]:
    """Return the handoffs at a level, most frequent first.

    A handoff is a change of owner between consecutive events; events without an owner neither give nor take. `value`
    is the column of the cases that holds their worth (``return_value`` in a published warehouse). Resources with
    events in fewer than `fewest_cases` cases appear as one group and their names stay in the database; 0 tells every
    name. Bouncing is judged between the persons themselves, before they are grouped.
    """
    rows = _told(log, "handoffs_at", level, fewest_cases, value=value, built=built_changes(log, level))
    return tuple(Handoff(*row) for row in rows)


def built_changes(log: EventLog, level: Level) -> str | None:
    """Return the relation that a build has made of the log's changes of owner; resources are not among them."""
    return None if level == "resource" else log.built("owner_changes")


def handover_of_work(log: EventLog, level: Level, fewest_cases: int = FEWEST_CASES) -> tuple[Handover, ...]:
    """Return who directly follows whom at a level, themselves included, most frequent first.

    Handover of work with direct succession: van der Aalst, Reijers, Song, "Discovering Social Networks from Event
    Logs" (2005), section 4.2; equals ``pm4py.discover_handover_of_work_network(log, beta=0)`` on a log whose events
    all have an owner. Small groups as in `handoffs`.
    """
    rows = _told(log, "handover_of_work", level, fewest_cases)
    total = sum(frequency for _, _, frequency in rows)
    return tuple(Handover(giver, taker, frequency, frequency / total) for giver, taker, frequency in rows)


def working_together(log: EventLog, level: Level, fewest_cases: int = FEWEST_CASES) -> tuple[Together, ...]:
    """Return each pair of owners at a level with the number of cases in which both have an event, most cases first.

    Joint cases: van der Aalst, Reijers, Song (2005), section 4.2. ``pm4py.discover_working_together_network`` gives
    these cases divided by the number of events of the log. Small groups as in `handoffs`.
    """
    rows = _told(log, "working_together", level, fewest_cases)
    return tuple(Together(*row) for row in rows)


def few_cases(fewest_cases: int) -> str:
    """Name the group of the resources with events in fewer than `fewest_cases` cases."""
    return f"fewer than {fewest_cases} cases"


def touch_points(log: EventLog) -> TouchPoints:
    """Return how often cases touch systems; those whose events name no system are left out."""
    found: dict[str, list[tuple[int, int]]] = {"visits": [], "systems": []}
    for measure, number, cases in log.rows("touch_points"):
        found[measure].append((number, cases))
    return TouchPoints(tuple(found["visits"]), tuple(found["systems"]))


def _told(log: EventLog, question: str, level: Level, fewest_cases: int, **names: object) -> list[Any]:
    """Ask with the names at a level as they may be told: systems and departments are told by name always."""
    grouped = level == "resource" and fewest_cases > 0
    parameters = {"fewest": fewest_cases, "group": few_cases(fewest_cases)} if grouped else {}
    return log.rows(question, parameters, column=COLUMNS[level], grouped=grouped, **names)


def _mean(distribution: tuple[tuple[int, int], ...]) -> float | None:
    cases = sum(count for _, count in distribution)
    return sum(number * count for number, count in distribution) / cases if cases else None
