"""Two process maps side by side: how the returns of one cohort run otherwise than those of another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mining.causes.intervals import Interval, difference
from mining.process_map import MapEdge, MapStep, ProcessMap
from mining.simplify import Edge, Graph

FEWEST = 20

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class ShareDifference:
    """The share (0..1) of the cases of two sides, `here` and `there`, that have something, and how far they differ.

    `cases` have it, `of` are all. `points` is share here minus share there (0.12 is twelve points), None where a side
    has no case. `interval` is the 95 % interval of that, None unless asked for.
    """

    cases: tuple[int, int]
    of: tuple[int, int]
    points: float | None
    interval: Interval | None

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """The share on each side."""
        here, there = (cases / of if of else None for cases, of in zip(self.cases, self.of, strict=True))
        return here, there

    @property
    def is_judged(self) -> bool:
        """Whether both sides have 20 cases at all, and one of them 20 that have it."""
        return min(self.of) >= FEWEST and max(self.cases) >= FEWEST


@dataclass(frozen=True)
class StepDifference:
    """A step of either map."""

    activity: str
    share: ShareDifference


@dataclass(frozen=True)
class EdgeDifference:
    """An edge of either map: its share of the cases, and its median wait in seconds on both clocks.

    A difference is here minus there; that of a median is None where a side has no such wait.
    """

    activity: str
    next_activity: str
    share: ShareDifference
    frequency: tuple[int, int]
    median_seconds: tuple[float | None, float | None]
    median_business_seconds: tuple[float | None, float | None]

    @property
    def key(self) -> Edge:
        """Its ends."""
        return self.activity, self.next_activity

    @property
    def seconds(self) -> float | None:
        """How much longer the median wait is here, elapsed."""
        return _minus(*self.median_seconds)

    @property
    def business_seconds(self) -> float | None:
        """How much longer the median wait is here, on the business clock."""
        return _minus(*self.median_business_seconds)

    @property
    def is_wait_judged(self) -> bool:
        """Whether both sides have 20 cases that go this way, enough for a median to say something."""
        return min(self.share.cases) >= FEWEST


@dataclass(frozen=True)
class MapDifference:
    """All steps and edges of two maps, those of most cases (both sides together) first; `of` are the sides' cases."""

    of: tuple[int, int]
    steps: tuple[StepDifference, ...]
    edges: tuple[EdgeDifference, ...]

    def largest(self, most: int) -> tuple[EdgeDifference, ...]:
        """Return the judged edges whose shares differ most, the largest first; equal ones in order of their names."""
        judged = [edge for edge in self.edges if edge.share.is_judged and edge.share.points]
        return tuple(sorted(judged, key=lambda edge: (-abs(edge.share.points or 0.0), edge.key))[:most])


def map_difference(here: ProcessMap, there: ProcessMap, of: tuple[int, int], is_disjoint: bool) -> MapDifference:
    """Compare two maps of `of` cases each.

    With `is_disjoint`, no case is on both sides, every share gets its 95 % interval: the hybrid score interval for
    two independent shares (R. G. Newcombe, Statistics in Medicine 17 (1998), method 10). Each stands for itself;
    nothing corrects for how many there are. Sides that share cases are not independent and get none.
    """
    steps = [{step.activity: step for step in side.steps} for side in (here, there)]
    edges = [{(edge.activity, edge.next_activity): edge for edge in side.edges} for side in (here, there)]
    compared_steps = [
        StepDifference(name, _share([side.get(name) for side in steps], of, is_disjoint))
        for name in sorted(set().union(*steps))
    ]
    compared = [_edge(key, [side.get(key) for side in edges], of, is_disjoint) for key in sorted(set().union(*edges))]
    return MapDifference(
        of,
        tuple(sorted(compared_steps, key=lambda step: -sum(step.share.cases))),
        tuple(sorted(compared, key=lambda edge: -sum(edge.share.cases))),
    )


def both_graphs(here: ProcessMap, there: ProcessMap) -> Graph:
    """Return one graph with the cases of both maps added up, to choose from it what is shown of both."""
    one, other = here.graph(), there.graph()
    return Graph(
        _added(one.activities, other.activities),
        _added(one.edges, other.edges),
        _added(one.starts, other.starts),
        _added(one.ends, other.ends),
    )


def _edge(key: Edge, sides: Sequence[MapEdge | None], of: tuple[int, int], is_disjoint: bool) -> EdgeDifference:
    here, there = sides
    return EdgeDifference(
        *key,
        _share(sides, of, is_disjoint),
        (here.frequency if here else 0, there.frequency if there else 0),
        (here.median_seconds if here else None, there.median_seconds if there else None),
        (here.median_business_seconds if here else None, there.median_business_seconds if there else None),
    )


def _share(sides: Sequence[MapStep | MapEdge | None], of: tuple[int, int], is_disjoint: bool) -> ShareDifference:
    here, there = (side.cases if side else 0 for side in sides)
    if not all(of):
        return ShareDifference((here, there), of, None, None)
    interval = difference(here, of[0], there, of[1]) if is_disjoint else None
    return ShareDifference((here, there), of, here / of[0] - there / of[1], interval)


def _minus(here: float | None, there: float | None) -> float | None:
    return None if here is None or there is None else here - there


def _added(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in (*one, *other)}
