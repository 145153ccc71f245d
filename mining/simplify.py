"""Leave the small change out of a directly-follows graph, so that what stays can be read and still hangs together."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

FIRST_SIGHT_EDGES = 25

Edge = tuple[str, str]
Key = TypeVar("Key", str, Edge)

_ENTRY = "\0entry"
_EXIT = "\0exit"


@dataclass(frozen=True)
class Graph:
    """A directly-follows graph.

    `activities`, `starts` and `ends` map an activity to the cases that have it, begin with it, end with it; `edges`
    maps (activity, next activity) to the cases in which the one directly follows the other.
    """

    activities: Mapping[str, int]
    edges: Mapping[Edge, int]
    starts: Mapping[str, int]
    ends: Mapping[str, int]


@dataclass(frozen=True)
class Selection:
    """What is shown of a graph, most frequent first: every activity lies on a way from a start to an end."""

    activities: tuple[str, ...]
    edges: tuple[Edge, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]


def simplify(graph: Graph, activities: int, edges: int) -> Selection:
    """Keep the `activities` most frequent steps and at least the paths that connect them, up to `edges` in all.

    A step stays when it can be reached from a start, and reaches an end, over kept steps alone. For each the widest
    way (its rarest edge is as frequent as possible) from a start and to an end is kept; the rest of `edges` goes to
    the most frequent other edges. The ways are kept even when they are more than `edges`.
    """
    wanted = set(most_frequent(graph.activities)[:activities])
    while True:
        forward = _widest_ways(graph, wanted, backwards=False)
        backward = _widest_ways(graph, wanted, backwards=True)
        connected = wanted & forward.keys() & backward.keys()
        if connected == wanted:
            break
        wanted = connected
    chosen = {(before, step) for step, before in forward.items() if before != _ENTRY}
    chosen |= {(step, after) for step, after in backward.items() if after != _EXIT}
    inner = {edge: cases for edge, cases in graph.edges.items() if wanted.issuperset(edge)}
    for edge in most_frequent(inner):
        if len(chosen) >= edges:
            break
        chosen.add(edge)
    return Selection(
        tuple(most_frequent({step: graph.activities[step] for step in wanted})),
        tuple(most_frequent({edge: graph.edges[edge] for edge in chosen})),
        tuple(most_frequent({step: graph.starts[step] for step, before in forward.items() if before == _ENTRY})),
        tuple(most_frequent({step: graph.ends[step] for step, after in backward.items() if after == _EXIT})),
    )


def steps_at_first_sight(graph: Graph, most: int, edges: int = FIRST_SIGHT_EDGES) -> int:
    """Return how many steps, up to `most`, can be shown connected with no more than `edges` edges; at least one."""
    for count in range(min(most, len(graph.activities)), 1, -1):
        if len(simplify(graph, count, 0).edges) <= edges:
            return count
    return 1


def most_frequent(counts: Mapping[Key, int]) -> list[Key]:
    """Return the keys by falling count, equal ones in alphabetical order."""
    return sorted(counts, key=lambda key: (-counts[key], key))


def _widest_ways(graph: Graph, wanted: set[str], backwards: bool) -> dict[str, str]:
    """Map each wanted activity that can be reached to the one before it on its widest way (`backwards`: after it).

    Dijkstra's algorithm with the narrowest edge in place of the length; ties go to fewer steps, then the alphabet.
    """
    neighbours = _neighbours(graph.edges, wanted, backwards)
    outside, border = (_EXIT, graph.ends) if backwards else (_ENTRY, graph.starts)
    queue = [(-cases, 0, step, outside) for step, cases in border.items() if step in wanted and cases > 0]
    heapq.heapify(queue)
    ways: dict[str, str] = {}
    while queue:
        width, steps, here, previous = heapq.heappop(queue)
        if here in ways:
            continue
        ways[here] = previous
        for there, cases in neighbours.get(here, ()):
            if there not in ways:
                heapq.heappush(queue, (max(width, -cases), steps + 1, there, here))
    return ways


def _neighbours(edges: Mapping[Edge, int], wanted: set[str], backwards: bool) -> dict[str, list[tuple[str, int]]]:
    """Map each wanted activity to the wanted others that an edge leads to, with its cases."""
    found: dict[str, list[tuple[str, int]]] = {}
    for (before, after), cases in edges.items():
        if before != after and before in wanted and after in wanted:
            here, there = (after, before) if backwards else (before, after)
            found.setdefault(here, []).append((there, cases))
    return found
