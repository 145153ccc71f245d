"""One drawing of two compared maps, whatever was compared: what is told has a hue and a number, the rest is grey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mining.drawing.picture import Arc, Legend, Node, Picture
from mining.lanes import LaneMap
from mining.map_scale import Balance
from mining.map_view import badge_of, runs_back
from mining.simplify import Edge, Selection


@dataclass(frozen=True)
class DrawnEdge:
    """An edge of both maps: the `cases` that take it on both sides together, and what is said of it.

    `value` is the difference, None where nothing is told.
    """

    key: Edge
    cases: int
    value: float | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class DrawnStep:
    """A step of both maps: the `share` (0..1) of the cases of one side that have it, and what is said of it."""

    name: str
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Hues:
    """What the hues mean: the legend's `title`, how a difference is printed, and whether hues grow by its root.

    `is_thin` draws the edges of which nothing is told as thin as can be; else they are as wide as they have cases.
    """

    title: str
    print: Callable[[float], str]
    is_rooted: bool
    is_thin: bool


def differences_picture(
    edges: Sequence[DrawnEdge], steps: Sequence[DrawnStep], selection: Selection, lanes: LaneMap, hues: Hues
) -> Picture:
    """Return what is drawn of two compared maps; lines are as wide as they have cases on both sides together."""
    by_key = {edge.key: edge for edge in edges}
    drawn = [by_key[key] for key in selection.edges if lanes.places.keys() >= set(key)]
    values = [edge.value for edge in drawn if edge.value is not None]
    balance = Balance(max(map(abs, values), default=0.0), hues.is_rooted)
    cases = {edge.key: edge.cases for edge in edges}
    arcs = [
        Arc(
            *edge.key,
            edge.cases,
            balance.level(edge.value),
            "" if edge.value is None else hues.print(edge.value),
            badge_of(edge.key, lanes),
            edge.words,
            runs_back(edge.key, cases, lanes),
            is_thin=hues.is_thin and edge.value is None,
        )
        for edge in drawn
    ]
    placed = [step for step in steps if step.name in lanes.places]
    nodes = [
        Node(lanes.places[one.name], one.share, one.words, one.name in selection.starts, one.name in selection.ends)
        for one in placed
        if one.name in selection.activities
    ]
    ghosts = [
        Node(lanes.places[one.name], one.share, ("hidden", *one.words), False, False)
        for one in placed
        if one.name not in selection.activities
    ]
    return Picture(lanes, nodes, ghosts, arcs, Legend(hues.title, balance.marks(hues.print), is_diverging=True))
