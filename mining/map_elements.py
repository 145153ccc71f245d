"""What a reader can point at on a map: a step, an edge, a beginning, an end; and the rule that keeps its cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from mining.cohort import Activities, Endpoints, Follower, Rule
from mining.log import EventLog
from mining.process_map import MapStep, ProcessMap

Kind = Literal["step", "edge", "start", "end"]


@dataclass(frozen=True)
class Element:
    """A step of a map, an edge (two names), or the mark where cases begin or end with a step."""

    kind: Kind
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """Name it, e.g. ``Step: Goods Received`` or ``Edge: RMA Created → Return Approved``."""
        return f"{self.kind.capitalize()}: {' → '.join(self.names)}"

    def rule(self) -> Rule:
        """Return the rule of the cases that have it; an end is that of ended cases."""
        match self.kind:
            case "step":
                return Activities(all_of=self.names)
            case "edge":
                return Follower(self.names[:1], self.names[1:], "directly")
            case "start":
                return Endpoints(first=self.names)
            case "end":
                return Endpoints(last=self.names)


def elements_of(found: ProcessMap) -> dict[str, Element]:
    """Return everything of a map by its label: steps, then edges, then where cases begin and end."""
    steps = [Element("step", (step.activity,)) for step in found.steps]
    edges = [Element("edge", (edge.activity, edge.next_activity)) for edge in found.edges]
    starts = [Element("start", (step.activity,)) for step in found.steps if step.starts]
    ends = [Element("end", (step.activity,)) for step in found.steps if step.finished_ends]
    return {element.label: element for element in (*steps, *edges, *starts, *ends)}


def cases_of(found: ProcessMap, element: Element) -> int:
    """Return how many cases have an element, by the map of their log: as many as its rule keeps."""
    if element.kind == "edge":
        edges: Mapping[tuple[str, ...], int] = {(edge.activity, edge.next_activity): edge.cases for edge in found.edges}
        return edges.get(element.names, 0)
    return _cases_at(found.steps, element)


def cases_with(log: EventLog, element: Element) -> int:
    """Return the same of a log whose map nobody needs."""
    if element.kind != "edge":
        return _cases_at([MapStep(*row) for row in log.rows("activities", paths=log.paths)], element)
    [(cases,)] = log.rows("edge_cases", _edge(element), paths=log.paths)
    return int(cases)


def value_waiting(log: EventLog, element: Element, value: str) -> float | None:
    """Return the money that waits on an edge, in money times elapsed days; `value` is its column of the cases."""
    found = log.rows("edge_values", _edge(element), value=value, one=True)
    return found[0][2] if found else None


def _cases_at(steps: Iterable[MapStep], element: Element) -> int:
    step = next((step for step in steps if step.activity == element.names[0]), None)
    if step is None:
        return 0
    return {"step": step.cases, "start": step.starts, "end": step.finished_ends}[element.kind]


def _edge(element: Element) -> dict[str, object]:
    return dict(zip(("activity", "next_activity"), element.names, strict=True))


@dataclass(frozen=True)
class StepWaits:
    """What the events of a step have waited since the event before them: as a `MapEdge`, over all edges that lead in.

    `waits` are the events that another precedes. Durations in seconds, None of no wait or without a calendar.
    """

    waits: int
    mean_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None
    total_seconds: float | None
    mean_business_seconds: float | None
    median_business_seconds: float | None
    p90_business_seconds: float | None
    total_business_seconds: float | None
    value_days: float | None


def waits_before(log: EventLog, activity: str, value: str) -> StepWaits:
    """Return the waits before the events of a step; `value` is the column of the cases that holds their worth."""
    [row] = log.rows("waits_before", {"activity": activity}, value=value)
    return StepWaits(*row)
