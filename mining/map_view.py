"""From a mined process map to what is drawn and said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mining.drawing.picture import Arc, Legend, Node, Picture
from mining.lanes import LaneMap, is_backward
from mining.map_scale import Mark, Scale
from mining.process_map import Coverage, MapEdge, MapStep, ProcessMap
from mining.simplify import Edge, Selection
from pipeline import formats

Clock = Literal["business", "elapsed"]
Shown = Literal["median wait", "p90 wait", "mean wait", "total wait", "returns", "times", "value waiting"]

SHORTEST_WAIT = 300.0
DAY = 86400.0
_MARKS = ((3600.0, "1 h"), (14400.0, "4 h"))
_MARK_HOURS = (10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000)
_MARK_DAYS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000)
_VALUE_DECADES = 3
_STATISTICS = ("median", "mean", "p90", "total")


@dataclass(frozen=True)
class Reading:
    """How edges are read: which measure is shown, by which clock, and how many seconds a day has on it.

    `day_seconds` is None when the calendars of the returns differ; waits then stay in hours. `currency` is that of the
    value that waits, which is read in elapsed days on either clock.
    """

    shown: Shown
    clock: Clock
    day_seconds: float | None
    currency: str = ""

    def value(self, edge: MapEdge) -> float | None:
        """Return the shown measure of an edge: seconds, a count, or money times days."""
        if self.shown == "value waiting":
            return edge.value_days
        if not self.shown.endswith("wait"):
            return float(edge.cases if self.shown == "returns" else edge.frequency)
        name = f"{self.shown.removesuffix(' wait')}_{'business_' if self.clock == 'business' else ''}seconds"
        found: float | None = getattr(edge, name)
        return found

    def print(self, value: float | None) -> str:
        """Return a value of the shown measure with its unit; the title names that of money."""
        if value is None:
            return formats.NOTHING
        if self.shown == "value waiting":
            return formats.money(value, "")
        return self.wait(value) if self.shown.endswith("wait") else formats.count(value)

    def wait(self, seconds: float | None) -> str:
        """Return a wait on the clock with its unit."""
        return formats.duration(seconds, self.day_seconds or float("inf"))

    @property
    def title(self) -> str:
        """Name the measure and its unit."""
        if self.shown == "value waiting":
            return f"Value waiting, {self.currency or 'money'}-days, elapsed"
        if not self.shown.endswith("wait"):
            return self.shown.capitalize()
        return f"{self.shown.capitalize()}, {'business' if self.clock == 'business' else 'elapsed'} time"

    def scale(self, values: Sequence[float]) -> Scale:
        """Return the scale for these values of the shown measure."""
        high = max(values, default=0.0)
        if self.shown == "value waiting":
            return Scale(high / 10**_VALUE_DECADES, high, is_log=True)
        return Scale(SHORTEST_WAIT, high, is_log=True) if self.shown.endswith("wait") else Scale(0.0, high, False)

    def rounds(self, scale: Scale) -> list[Mark]:
        """Return round values between the ends of a scale, with their text."""
        if self.shown == "value waiting":
            return [(part, self.print(part)) for part in (scale.high / 10**place for place in (2, 1))]
        if not self.shown.endswith("wait"):
            return []
        if self.day_seconds is None:
            return [*_MARKS, *((hours * 3600.0, f"{formats.count(hours)} h") for hours in _MARK_HOURS)]
        return [*_MARKS, *((days * self.day_seconds, f"{formats.count(days)} d") for days in _MARK_DAYS)]


def picture_of(found: ProcessMap, selection: Selection, lanes: LaneMap, reading: Reading, cases: int) -> Picture:
    """Return what is drawn of the map of `cases` cases."""
    return Picture(
        lanes,
        nodes_of(found.steps, selection, lanes, cases),
        ghosts_of(found.steps, selection, lanes, cases),
        arcs_of(found.edges, selection, lanes, reading),
        legend_of(found.edges, selection, lanes, reading),
    )


def arcs_of(edges: Sequence[MapEdge], selection: Selection, lanes: LaneMap, reading: Reading) -> list[Arc]:
    """Return the selected edges as the map draws them, most returns first."""
    cases = {(edge.activity, edge.next_activity): edge.cases for edge in edges}
    scale = reading.scale(_values(edges, selection, lanes, reading))
    return [_arc(edge, cases, lanes, reading, scale) for edge in _drawn(edges, selection, lanes)]


def _drawn(edges: Sequence[MapEdge], selection: Selection, lanes: LaneMap) -> list[MapEdge]:
    found = {(edge.activity, edge.next_activity): edge for edge in edges}
    return [found[key] for key in selection.edges if lanes.places.keys() >= set(key)]


def _values(edges: Sequence[MapEdge], selection: Selection, lanes: LaneMap, reading: Reading) -> list[float]:
    drawn = _drawn(edges, selection, lanes)
    return [value for edge in drawn if (value := reading.value(edge)) is not None]


def _arc(edge: MapEdge, cases: Mapping[tuple[str, str], int], lanes: LaneMap, reading: Reading, scale: Scale) -> Arc:
    key = edge.activity, edge.next_activity
    value = reading.value(edge)
    return Arc(
        *key,
        edge.cases,
        scale.level(value),
        reading.print(value) if value is not None else "",
        badge_of(key, lanes),
        edge_words(edge, reading),
        runs_back(key, cases, lanes),
    )


def badge_of(edge: Edge, lanes: LaneMap) -> str:
    """Name the systems that an edge crosses, e.g. ``CRM→WMS``; empty when it stays in one."""
    before, after = (lanes.places[name].step.system.upper() for name in edge)
    return "" if before == after else f"{before}→{after}"


def runs_back(edge: Edge, cases: Mapping[Edge, int], lanes: LaneMap) -> bool:
    """Whether an edge runs against the flow, given the cases of all edges."""
    before, after = edge
    return is_backward(lanes.places[before], lanes.places[after], cases.get(edge, 0), cases.get((after, before), 0))


def edge_words(edge: MapEdge, reading: Reading) -> tuple[str, ...]:
    """Say all measures of an edge."""
    open_day = reading.day_seconds if reading.clock == "business" and reading.day_seconds else float("inf")
    lines = [f"{formats.count(edge.cases)} returns, {formats.count(edge.frequency)} times"]
    for name, suffix, day in (("Elapsed", "seconds", DAY), ("Business time", "business_seconds", open_day)):
        waits = [f"{kind} {formats.duration(getattr(edge, f'{kind}_{suffix}'), day)}" for kind in _STATISTICS]
        lines.append(f"{name}: {', '.join(waits)}")
    if edge.value_days is not None:
        lines.append(f"Value waiting: {formats.money_days(edge.value_days, reading.currency)}")
    return tuple(lines)


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


def legend_of(edges: Sequence[MapEdge], selection: Selection, lanes: LaneMap, reading: Reading) -> Legend:
    """Return what the colours of the drawn edges mean."""
    scale = reading.scale(_values(edges, selection, lanes, reading))
    return Legend(reading.title, scale.marks(reading.rounds(scale), reading.print))


def hidden_edges(coverage: Coverage) -> str:
    """Say how many edges a map hides, e.g. ``41 edges hidden``."""
    hidden = coverage.hidden_edges
    return "1 edge hidden" if hidden == 1 else f"{formats.count(hidden)} edges hidden"
