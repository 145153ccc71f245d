"""The process map of a log: its steps and edges, and how much of the log a selection of them covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mining.log import EventLog
from mining.simplify import Edge, Graph, Selection
from pipeline.macros import render


@dataclass(frozen=True)
class MapStep:
    """An activity: its events and cases; `starts` cases begin with it, `ends` end with it, `finished_ends` for good."""

    activity: str
    events: int
    cases: int
    starts: int
    ends: int
    finished_ends: int


@dataclass(frozen=True)
class MapEdge:
    """One activity directly following another: how often, in how many cases, and the wait between them.

    Waits are in seconds, elapsed and on the business clock (None without a calendar); percentiles interpolate linearly.
    `value_days` is the cases' value times the elapsed days that it waits there, None until it is asked for (`valued`).
    `handoffs` are the times that department or system change on the way.
    """

    activity: str
    next_activity: str
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
    value_days: float | None = None
    handoffs: int = 0


@dataclass(frozen=True)
class ProcessMap:
    """The directly-follows graph of a log, most frequent first; ties stand in the order of their names.

    `starts` and `ends` are pairs of an activity and the cases that begin or end with it, as pm4py's start and end
    activities; open cases end where they have come to.
    """

    steps: tuple[MapStep, ...]
    edges: tuple[MapEdge, ...]

    @property
    def starts(self) -> tuple[tuple[str, int], ...]:
        """Edges into the map."""
        return _by_frequency([(step.activity, step.starts) for step in self.steps])

    @property
    def ends(self) -> tuple[tuple[str, int], ...]:
        """Edges out of the map."""
        return _by_frequency([(step.activity, step.ends) for step in self.steps])

    def graph(self) -> Graph:
        """Return the map weighted by cases. Ends are those of finished cases; of all when none is finished."""
        finished = {step.activity: step.finished_ends for step in self.steps if step.finished_ends}
        edges = {(edge.activity, edge.next_activity): edge.cases for edge in self.edges}
        cases = {step.activity: step.cases for step in self.steps}
        return Graph(cases, edges, dict(self.starts), finished or dict(self.ends))


@dataclass(frozen=True)
class Coverage:
    """How much of a log a selection shows, each as the shown and all there are.

    A case is shown when its whole path lies in shown steps and edges; a handoff, a change of department or system
    between consecutive events, when its edge is.
    """

    steps: tuple[int, int]
    edges: tuple[int, int]
    cases: tuple[int, int]
    handoffs: tuple[int, int]

    @property
    def hidden_edges(self) -> int:
        """Edges that are not shown."""
        return self.edges[1] - self.edges[0]

    def sentence(self, things: str = "returns") -> str:
        """Say it, e.g. ``9 of 14 steps, 83 % of returns, 71 % of handoffs``."""
        shown, all_steps = self.steps
        return f"{shown} of {all_steps} steps, {_share(self.cases)} of {things}, {_share(self.handoffs)} of handoffs"


def process_map(log: EventLog) -> ProcessMap:
    """Return the process map of a log.

    Directly-follows graph: van der Aalst, "Process Mining: Data Science in Action" (2016), section 6.2; frequencies
    equal ``pm4py.discover_dfg``, waits ``pm4py.discover_performance_dfg``.
    """
    steps = tuple(MapStep(*row) for row in log.rows("activities", paths=log.paths))
    edges = log.rows("edges", paths=log.paths, handoffs=True)
    return ProcessMap(steps, tuple(replace(MapEdge(*row[:-1]), handoffs=row[-1]) for row in edges))


def valued(log: EventLog, found: ProcessMap, value: str) -> ProcessMap:
    """Return the map `found` of a log with the money that waits on its edges.

    `value` is the column of the cases that holds their worth (``return_value`` in a published warehouse).
    """
    values = {(before, after): days for before, after, days in log.rows("edge_values", value=value)}
    edges = [replace(edge, value_days=values[edge.activity, edge.next_activity]) for edge in found.edges]
    return replace(found, edges=tuple(edges))


def without_messages(log: EventLog) -> EventLog:
    """Return the log of a published warehouse without the events of its technical stages.

    Notifications and integration messages come between any two steps of the work and would take most of a map's
    edges. Without them the events around a message follow each other, and the waits run across it; say so beside the
    map. Which stages are technical is data (the seed stages). The events tell neither resources nor how exact they are.
    """
    if work := log.built("work_events"):
        known = log.built("work_paths")
        paths = render("events_of_built_paths", cases=log.cases, built=known) if known else None
        return EventLog(log.connection, work, log.cases, paths)
    events, paths = (render("events_of_work", events=relation, cases=log.cases) for relation in (log.events, log.paths))
    return EventLog(log.connection, f"({events})", log.cases, f"({paths})")


def coverage(log: EventLog, found: ProcessMap, selection: Selection) -> Coverage:
    """Return how much of a log, whose map is `found`, a selection of the map shows."""
    parameters = {**_edge_lists(selection.edges), "steps": list(selection.activities)}
    [(shown_cases, cases)] = log.rows("shown_cases", parameters, paths=log.paths)
    handoffs = {(edge.activity, edge.next_activity): edge.handoffs for edge in found.edges}
    return Coverage(
        (len(selection.activities), len(found.steps)),
        (len(selection.edges), len(found.edges)),
        (shown_cases, cases),
        (sum(handoffs.get(edge, 0) for edge in selection.edges), sum(handoffs.values())),
    )


def _edge_lists(edges: Sequence[Edge]) -> dict[str, object]:
    return {"before": [before for before, _ in edges], "after": [after for _, after in edges]}


def _by_frequency(counts: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Leave out what never happens; most frequent first, then by name."""
    return tuple(sorted(((name, cases) for name, cases in counts if cases), key=lambda pair: (-pair[1], pair[0])))


def _share(shown_of_all: tuple[int, int]) -> str:
    """Whole per cent; only all is 100 %, only nothing 0 %."""
    shown, everything = shown_of_all
    if not everything:
        return "none"
    per_cent = 100 * shown / everything
    if 0 < per_cent < 1:
        return "under 1 %"
    return f"{int(per_cent) if per_cent > 99 else round(per_cent)} %"
