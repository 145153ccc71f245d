"""What of a process map is shown before anyone has chosen: few edges that hold many whole paths."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from mining.log import EventLog
from mining.process_map import ProcessMap
from mining.simplify import (
    FIRST_SIGHT_EDGES,
    Edge,
    Graph,
    Selection,
    most_frequent,
    simplify,
    steps_at_first_sight,
)
from mining.variants import variant_counts

ENOUGH = 0.8
PATHS = 1000


def first_sight(
    log: EventLog,
    found: ProcessMap,
    standard: tuple[str, ...] = (),
    edges: int = FIRST_SIGHT_EDGES,
    paths: Mapping[tuple[str, ...], int] | None = None,
) -> Selection:
    """Return what is shown at first of the map `found` of a log: `edges` at most.

    Whole paths are taken, of the 1,000 most frequent, until they hold 80 % of the cases or none fits any more: each
    time the path with most cases for each edge that it adds (the greedy way to cover most with a budget: Khuller,
    Moss, Naor, "The Budgeted Maximum Coverage Problem", 1999). The `standard` path of the log (see `mining.variants`)
    comes first, since the most frequent ones may all be short and end early. Every step shown so lies on a whole path.
    Where that is not enough, the most frequent other edges between the shown steps fill the rest. When not one path
    fits, as many steps are shown as `edges` can connect. `paths` are those paths with their cases, where they are known
    already; else they are counted.
    """
    graph = found.graph()
    paths = variant_counts(log, PATHS) if paths is None else paths
    enough = ENOUGH * sum(starts for _, starts in found.starts)
    taken = _paths_within(paths, standard, edges, enough)
    if not taken:
        return simplify(graph, steps_at_first_sight(graph, len(graph.activities), edges), edges)
    steps = {step for path in taken for step in path}
    chosen = {edge for path in taken for edge in pairwise(path)}
    if sum(cases for path, cases in paths.items() if _is_held(path, steps, chosen)) < enough:
        inner = {edge: cases for edge, cases in graph.edges.items() if steps.issuperset(edge) and edge not in chosen}
        chosen |= set(most_frequent(inner)[: edges - len(chosen)])
    return _selection(graph, taken, steps, chosen)


def _paths_within(
    paths: Mapping[tuple[str, ...], int], standard: tuple[str, ...], edges: int, enough: float
) -> list[tuple[str, ...]]:
    """Take the path with most cases for each edge it adds, as long as `edges` allow and less than `enough` is held."""
    left = {path: set(pairwise(path)) for path in paths}
    taken: list[tuple[str, ...]] = []
    chosen: set[Edge] = set()
    held = 0
    while held < enough:
        room = edges - len(chosen)
        left = {path: new for path, added in left.items() if len(new := added - chosen) <= room}
        if not left:
            break
        best = min(left, key=lambda path: (path != standard, -paths[path] / (len(left[path]) or 0.5), path))
        chosen |= left.pop(best)
        held += paths[best]
        taken.append(best)
    return taken


def _is_held(path: tuple[str, ...], steps: set[str], edges: set[Edge]) -> bool:
    return steps.issuperset(path) and edges.issuperset(pairwise(path))


def _selection(graph: Graph, taken: list[tuple[str, ...]], steps: set[str], edges: set[Edge]) -> Selection:
    starts, ends = {path[0] for path in taken}, {path[-1] for path in taken}
    return Selection(
        tuple(most_frequent({step: graph.activities[step] for step in steps})),
        tuple(most_frequent({edge: graph.edges[edge] for edge in edges})),
        tuple(most_frequent({step: graph.starts[step] for step in starts})),
        tuple(most_frequent({step: graph.ends.get(step, 0) for step in ends})),
    )
