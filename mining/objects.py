"""The object-centric log: what follows what for each type of object, and what a log of one case notion distorts.

Definitions: W. van der Aalst, "Object-Centric Process Mining: Dealing with Divergence and Convergence in Event Data"
(SEFM 2019); the log itself follows OCEL 2.0 (Berti et al., 2023).
"""

from __future__ import annotations

from dataclasses import dataclass

from mining.log import EventLog

LINKS = "event_log.object_links"


@dataclass(frozen=True)
class ObjectEdge:
    """One activity directly following another for objects of a type.

    `frequency` counts each time it happens to an object, `objects` the objects that it happens to.
    """

    object_type: str
    activity: str
    next_activity: str
    frequency: int
    objects: int


@dataclass(frozen=True)
class Convergence:
    """Events of an activity that touch objects of a type.

    `converging_events` touch two objects or more; a log with one case per object would repeat `repeated_events`.
    """

    object_type: str
    activity: str
    events: int
    converging_events: int
    repeated_events: int


@dataclass(frozen=True)
class Divergence:
    """Objects of a case notion that see an activity together with objects of another type.

    `diverging_objects` of the `case_objects` see it more than once, for different objects of that type: their
    `diverging_events` look like repetitions in a log with one case per object, and are none.
    """

    object_type: str
    activity: str
    case_objects: int
    diverging_objects: int
    diverging_events: int


def object_edges(log: EventLog, links: str = LINKS) -> tuple[ObjectEdge, ...]:
    """Return the directly-follows edges of every object type, by type, most frequent first.

    An event that touches an object in several ways counts once for it.
    """
    return tuple(ObjectEdge(*row) for row in log.rows("object_edges", links=links))


def convergence(log: EventLog, links: str = LINKS) -> tuple[Convergence, ...]:
    """Return how far events are shared by objects of one type, by type and activity."""
    return tuple(Convergence(*row) for row in log.rows("convergence", links=links))


def divergence(log: EventLog, case_type: str = "return", links: str = LINKS) -> tuple[Divergence, ...]:
    """Return how far cases of `case_type` mix objects of other types, by type and activity."""
    return tuple(Divergence(*row) for row in log.rows("divergence", {"case_type": case_type}, links=links))
