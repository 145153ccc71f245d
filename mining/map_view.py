"""From a mined process map to what is drawn and said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mining.drawing.picture import Arc, Legend, Node, Picture, log_level
from mining.lanes import LaneMap, is_backward
from mining.process_map import Coverage, MapEdge, MapStep, ProcessMap
from mining.simplify import Selection
from pipeline import formats

Clock = Literal["business", "elapsed"]
Shown = Literal["median wait", "mean wait", "returns"]

SHORTEST_WAIT = 300.0
DAY = 86400.0
_MARKS = ((300.0, "5 min"), (3600.0, "1 h"), (14400.0, "4 h"))
_MARK_DAYS = (1, 3, 10, 30)


@dataclass(frozen=True)
class Reading:
    """How waits are read: which measure is shown, by which clock, and how many seconds a day has on it.

    `day_seconds` is None when the calendars of the returns differ; waits then stay in hours.
    """

    shown: Shown
    clock: Clock
    day_seconds: float | None

    def value(self, edge: MapEdge) -> float | None:
        """Return the shown measure of an edge: seconds, or returns."""
        if self.shown == "returns":
            return float(edge.cases)
        if self.clock == "business":
            return edge.median_business_seconds if self.shown == "median wait" else edge.mean_business_seconds
        return edge.median_seconds if self.shown == "median wait" else edge.mean_seconds

    def print(self, value: float | None) -> str:
        """Return a value of the shown measure with its unit."""
        if self.shown == "returns":
            return formats.NOTHING if value is None else formats.count(value)
        return formats.duration(value, self.day_seconds or float("inf"))

    @property
    def title(self) -> str:
        """Name the measure and its unit."""
        if self.shown == "returns":
            return "Returns"
        clock = "business time" if self.clock == "business" else "elapsed time"
        return f"{self.shown.capitalize()}, {clock}"


def picture_of(found: ProcessMap, selection: Selection, lanes: LaneMap, reading: Reading, cases: int) -> Picture:
    """Return what is drawn of the map of `cases` cases."""
    arcs = arcs_of(found.edges, selection, lanes, reading)
    return Picture(
        lanes,
        nodes_of(found.steps, selection, lanes, cases),
        ghosts_of(found.steps, selection, lanes, cases),
        arcs,
        legend_of(arcs, found.edges, reading),
    )


def arcs_of(edges: Sequence[MapEdge], selection: Selection, lanes: LaneMap, reading: Reading) -> list[Arc]:
    """Return the selected edges as the map draws them, most returns first."""
    found = {(edge.activity, edge.next_activity): edge for edge in edges}
    chosen = [found[key] for key in selection.edges if lanes.places.keys() >= set(key)]
    values = [value for edge in chosen if (value := reading.value(edge)) is not None]
    high = max(values, default=0.0)
    cases = {key: edge.cases for key, edge in found.items()}
    return [_arc(edge, cases, lanes, reading, high) for edge in chosen]


def _arc(edge: MapEdge, cases: Mapping[tuple[str, str], int], lanes: LaneMap, reading: Reading, high: float) -> Arc:
    source, target = lanes.places[edge.activity], lanes.places[edge.next_activity]
    systems = source.step.system, target.step.system
    value = reading.value(edge)
    return Arc(
        edge.activity,
        edge.next_activity,
        edge.cases,
        _level(value, reading, high),
        reading.print(value) if value is not None else "",
        "" if systems[0] == systems[1] else f"{systems[0].upper()}→{systems[1].upper()}",
        edge_words(edge, reading),
        is_backward(source, target, edge.cases, cases.get((edge.next_activity, edge.activity), 0)),
    )


def _level(value: float | None, reading: Reading, high: float) -> float | None:
    if reading.shown == "returns":
        return (value or 0.0) / high if high else 0.0
    return log_level(value, SHORTEST_WAIT, high)


def edge_words(edge: MapEdge, reading: Reading) -> tuple[str, ...]:
    """Say all measures of an edge."""
    open_day = reading.day_seconds if reading.clock == "business" and reading.day_seconds else float("inf")
    elapsed = formats.duration(edge.median_seconds, DAY), formats.duration(edge.mean_seconds, DAY)
    business = [formats.duration(wait, open_day) for wait in (edge.median_business_seconds, edge.mean_business_seconds)]
    return (
        f"{formats.count(edge.cases)} returns, {formats.count(edge.frequency)} times",
        f"Elapsed: median {elapsed[0]}, mean {elapsed[1]}",
        f"Business time: median {business[0]}, mean {business[1]}",
    )


def nodes_of(steps: Sequence[MapStep], selection: Selection, lanes: LaneMap, returns: int) -> list[Node]:
    """Return the selected steps as the map draws them; they begin or end where the shown ways do."""
    found = {step.activity: step for step in steps}
    nodes = []
    for activity in selection.activities:
        step = found[activity]
        if activity in lanes.places:
            share = step.cases / returns if returns else 0.0
            begins, ends = activity in selection.starts, activity in selection.ends
            nodes.append(Node(lanes.places[activity], share, step_words(step, returns), begins, ends))
    return nodes


def ghosts_of(steps: Sequence[MapStep], selection: Selection, lanes: LaneMap, returns: int) -> list[Node]:
    """Return the steps that happen but are hidden; the map shows where they would stand."""
    hidden = [step for step in steps if step.activity in lanes.places and step.activity not in selection.activities]
    return [
        Node(lanes.places[step.activity], step.cases / returns, ("hidden", *step_words(step, returns)), False, False)
        for step in hidden
    ]


def step_words(step: MapStep, returns: int) -> tuple[str, ...]:
    """Say all measures of a step."""
    share = formats.share(step.cases / returns if returns else None)
    words = [f"{formats.count(step.cases)} returns ({share}), {formats.count(step.events)} times"]
    if step.starts:
        words.append(f"begins {formats.count(step.starts)} returns")
    if step.finished_ends:
        words.append(f"ends {formats.count(step.finished_ends)} finished returns")
    return tuple(words)


def legend_of(arcs: Sequence[Arc], edges: Sequence[MapEdge], reading: Reading) -> Legend:
    """Return what the colours of the drawn arcs mean."""
    drawn = {(arc.source, arc.target) for arc in arcs}
    values = [
        value for edge in edges if (edge.activity, edge.next_activity) in drawn and (value := reading.value(edge))
    ]
    high = max(values, default=0.0)
    if reading.shown == "returns":
        return Legend(reading.title, [(0.0, "0"), (1.0, formats.count(high))])
    marks = [(seconds, text) for seconds, text in _wait_marks(reading) if seconds <= high]
    return Legend(reading.title, [(log_level(seconds, SHORTEST_WAIT, high) or 0.0, text) for seconds, text in marks])


def _wait_marks(reading: Reading) -> list[tuple[float, str]]:
    if reading.day_seconds is None:
        return [*_MARKS, (36000.0, "10 h"), (108000.0, "30 h"), (360000.0, "100 h")]
    return [*_MARKS, *((days * reading.day_seconds, f"{days} d") for days in _MARK_DAYS)]


def hidden_edges(coverage: Coverage) -> str:
    """Say how many edges a map hides, e.g. ``41 edges hidden``."""
    hidden = coverage.hidden_edges
    return "1 edge hidden" if hidden == 1 else f"{formats.count(hidden)} edges hidden"
