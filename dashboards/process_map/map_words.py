"""How the process runs, in a sentence: how it ends, the most common way there, and where the returns wait most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mining.map_view import Reading
from mining.process_map import MapEdge, ProcessMap
from mining.variants import Path
from pipeline.formats import count, share


def lead(found: ProcessMap, paths: Mapping[Path, int], returns: int, reading: Reading) -> str:
    """Say how most of `returns` returns end, the most common way there, and between which steps most time passes.

    `paths` are the most frequent with their returns, the most frequent first.
    """
    return " ".join(part for part in (_common_way(found, paths, returns), _longest_wait(found.edges, reading)) if part)


def _common_way(found: ProcessMap, paths: Mapping[Path, int], returns: int) -> str:
    if not found.ends:
        return "No return has a step of work."
    end, ending = found.ends[0]
    said = f"{_of(ending, returns)} end with {end}"
    way = next((path for path in paths if path[-1] == end), None)
    if way is None or len(way) == 1:
        return f"{said}."
    return f"{said}; the most common way there has {count(len(way))} steps, and {_of(paths[way], returns)} take it."


def _of(taken: int, returns: int) -> str:
    return f"{count(taken)} of {count(returns)} returns ({share(taken / returns)})"


def _longest_wait(edges: Sequence[MapEdge], reading: Reading) -> str:
    waits = [(_total(edge, reading), edge) for edge in edges]
    whole = sum(seconds for seconds, _ in waits)
    if not whole:
        return ""
    seconds, edge = max(waits, key=lambda one: one[0])
    median = edge.median_business_seconds if reading.clock == "business" else edge.median_seconds
    return (
        f"Most {reading.clock} time passes from {edge.activity} to {edge.next_activity}: {share(seconds / whole)} of "
        f"all time between steps, {reading.wait(median)} at the median."
    )


def _total(edge: MapEdge, reading: Reading) -> float:
    return (edge.total_business_seconds if reading.clock == "business" else edge.total_seconds) or 0.0
