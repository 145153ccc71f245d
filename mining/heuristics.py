"""The heuristics net of a log: which activity depends on which, with how much certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from mining.simplify import Edge, Graph

THRESHOLD = 0.5

Variants = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Dependency:
    """`target` depends on `source`: how often it directly follows, and the measure, from -1 to below 1."""

    source: str
    target: str
    frequency: int
    measure: float


@dataclass(frozen=True)
class HeuristicsNet:
    """The dependencies that reach the threshold, most certain first, and the graph that they come from.

    `loops` are pairs of activities that go to and fro (A B A), with the measure of that; the two are in alphabetical
    order.
    """

    graph: Graph
    dependencies: tuple[Dependency, ...]
    loops: tuple[Dependency, ...]


def follows(variants: Variants) -> Graph:
    """Return the directly-follows graph of weighted variants, counted in events."""
    activities, edges, starts, ends = Counter[str](), Counter[Edge](), Counter[str](), Counter[str]()
    for path, cases in sorted(variants.items()):
        for activity in path:
            activities[activity] += cases
        for edge in pairwise(path):
            edges[edge] += cases
        if path:
            starts[path[0]] += cases
            ends[path[-1]] += cases
    return Graph(activities, edges, starts, ends)


def dependency(graph: Graph, source: str, target: str) -> float:
    """Return (|a > b| - |b > a|) / (|a > b| + |b > a| + 1); for an activity and itself |a > a| / (|a > a| + 1).

    Weijters, van der Aalst, Alves de Medeiros, "Process mining with the HeuristicsMiner algorithm" (2006).
    """
    there, back = graph.edges.get((source, target), 0), graph.edges.get((target, source), 0)
    return there / (there + 1) if source == target else (there - back) / (there + back + 1)


def heuristics_net(variants: Variants, threshold: float = THRESHOLD) -> HeuristicsNet:
    """Return the dependencies of weighted variants whose measure is at least `threshold`.

    Loops of two: (|a b a| + |b a b|) / (|a b a| + |b a b| + 1), also Weijters et al. (2006). Work is the length of the
    variants.
    """
    graph = follows(variants)
    found = [
        Dependency(source, target, frequency, dependency(graph, source, target))
        for (source, target), frequency in graph.edges.items()
    ]
    kept = [one for one in found if one.measure >= threshold]
    kept.sort(key=lambda one: (-one.measure, -one.frequency, one.source, one.target))
    loops = [one for one in _loops(variants) if one.measure >= threshold]
    return HeuristicsNet(graph, tuple(kept), tuple(loops))


def _loops(variants: Variants) -> list[Dependency]:
    times: Counter[Edge] = Counter()
    for path, cases in variants.items():
        for first, second, third in zip(path, path[1:], path[2:], strict=False):
            if first == third != second:
                times[min(first, second), max(first, second)] += cases
    return [Dependency(*pair, count, count / (count + 1)) for pair, count in sorted(times.items())]
