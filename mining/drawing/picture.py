"""What a process map shows, before it is drawn by any library."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mining.drawing.colours import Tokens, stops
from mining.drawing.curves import Point
from mining.drawing.label_places import place_labels
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH, Box, Frame, Key, Link, route_all
from mining.lanes import LaneMap, Place

COLUMN, ROW, HEADING = 128.0, 74.0, 22.0
ABOVE = 98.0
THINNEST, WIDEST = 1.3, 6.5
MOST_LABELS = 45


@dataclass(frozen=True)
class Node:
    """A step to draw: where it stands, its share of the cases (0..1), what it says when pointed at."""

    place: Place
    share: float
    words: tuple[str, ...]
    begins: bool
    ends: bool


@dataclass(frozen=True)
class Arc:
    """An edge to draw: `cases` give its width, `level` (0..1, None: no value) its colour.

    `badge` names the systems that it crosses, empty when it stays in one. A thin arc is drawn so whatever its cases.
    """

    source: str
    target: str
    cases: int
    level: float | None
    label: str
    badge: str
    words: tuple[str, ...]
    is_backward: bool
    is_thin: bool = False

    @property
    def key(self) -> Key:
        """Its ends."""
        return self.source, self.target


@dataclass(frozen=True)
class Legend:
    """What the colours mean: a title, and marks at levels 0..1; a diverging scale is neutral at 0.5."""

    title: str
    marks: Sequence[tuple[float, str]]
    is_diverging: bool = False


@dataclass(frozen=True)
class Picture:
    """A whole map: `ghosts` are steps that are hidden, arcs come most frequent first."""

    lanes: LaneMap
    nodes: Sequence[Node]
    ghosts: Sequence[Node]
    arcs: Sequence[Arc]
    legend: Legend

    @property
    def boxes(self) -> dict[str, Box]:
        """Every shown step as a box; its place depends on the catalogue alone, so that maps overlay."""
        return {
            node.place.step.activity: Box(
                node.place.step.activity,
                node.place.x * COLUMN,
                node.place.y * ROW,
                node.place.step.stage,
                node.place.is_side,
            )
            for node in self.nodes
        }

    def spot(self, node: Node) -> Point:
        """Return where a step stands, shown or hidden."""
        return node.place.x * COLUMN, node.place.y * ROW

    @property
    def frame(self) -> Frame:
        """Where lines run that cannot go straight."""
        main = max((lane.bottom for lane in self.lanes.lanes if not lane.is_side), default=0.0)
        side = min((lane.top for lane in self.lanes.lanes if lane.is_side), default=self.lanes.rows)
        return Frame(-HEADING - 28, (main * ROW + side * ROW - HEADING) / 2)

    def lines(self) -> dict[Key, list[Point]]:
        """Return the line of every arc."""
        links = [Link(arc.source, arc.target, arc.is_backward) for arc in self.arcs]
        return route_all(self.boxes, links, self.frame)

    def labelled(self) -> list[Arc]:
        """Return the arcs that carry a number: the most frequent ones that have a value."""
        return [arc for arc in self.arcs[:MOST_LABELS] if arc.label]

    def label_places(self, lines: Mapping[Key, Sequence[Point]]) -> dict[Key, Point]:
        """Return where the number of each labelled arc stands, beside its line and clear of other things."""
        texts = {arc.key: (arc.label, arc.badge) for arc in self.labelled()}
        return place_labels(lines, texts, self.boxes.values(), self._marks())

    def _marks(self) -> list[Point]:
        """Return the middles of the marks of starts (top left of a step) and ends (top right)."""
        across, up = NODE_WIDTH / 2 - 18, NODE_HEIGHT / 2 + 7
        spots = [(self.spot(node), node) for node in self.nodes]
        starts = [(x - across, y - up) for (x, y), node in spots if node.begins]
        return starts + [(x + across, y - up) for (x, y), node in spots if node.ends]

    def widths(self) -> dict[Key, float]:
        """Return the width of every arc in pixels, in proportion to its cases."""
        most = max((arc.cases for arc in self.arcs), default=1)
        return {
            arc.key: THINNEST + (0.0 if arc.is_thin else (WIDEST - THINNEST) * arc.cases / most) for arc in self.arcs
        }

    def colour(self, arc: Arc, theme: Tokens) -> str:
        """Return the colour of an arc."""
        return arc_colour(arc.level, theme, self.legend.is_diverging)


def arc_colour(level: float | None, theme: Tokens, is_diverging: bool = False) -> str:
    """Return the colour of a level on the sequential or the diverging scale, between its stops."""
    if level is None:
        return theme.faint
    colours = stops(theme, is_diverging)
    place = min(max(level, 0.0), 1.0) * (len(colours) - 1)
    low = min(int(place), len(colours) - 2)
    part = place - low
    mixed = [
        round(int(colours[low][at : at + 2], 16) * (1 - part) + int(colours[low + 1][at : at + 2], 16) * part)
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def head_size(width: float) -> float:
    """Return the size of the arrow head of a line of this width."""
    return 7 + width


def log_level(value: float | None, low: float, high: float) -> float | None:
    """Return where a wait lies between `low` and `high` on a logarithmic scale, 0..1; None without a value."""
    if value is None:
        return None
    if high <= low:
        return 0.0
    return math.log(min(max(value, low), high) / low) / math.log(high / low)


def two_lines(name: str) -> tuple[str, ...]:
    """Break a name at the space nearest to its middle; a very long line is cut."""
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if len(name) < 12 or not spaces:
        return (_cut(name),)
    middle = min(spaces, key=lambda at: abs(at - len(name) / 2))
    return _cut(name[:middle]), _cut(name[middle + 1 :])


def _cut(text: str, most: int = 16) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
