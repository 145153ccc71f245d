"""Lay a process tree out as a BPMN diagram: events, tasks, gateways and flows, each with its place in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from mining.tree import Activity, Node, Operator, Silent

ElementKind = Literal["startEvent", "endEvent", "task", "exclusiveGateway", "parallelGateway"]
Point = tuple[int, int]

_SIZES: dict[ElementKind, tuple[int, int]] = {
    "startEvent": (36, 36),
    "endEvent": (36, 36),
    "task": (120, 80),
    "exclusiveGateway": (50, 50),
    "parallelGateway": (50, 50),
}
_GAP = 50
_LANE_GAP = 30
_EMPTY_HEIGHT = 20


@dataclass(frozen=True)
class Element:
    """A BPMN element; `x` is its left edge, `y` its middle."""

    id: str
    kind: ElementKind
    name: str
    x: int
    y: int

    @property
    def width(self) -> int:
        """Width of its shape."""
        return _SIZES[self.kind][0]

    @property
    def height(self) -> int:
        """Height of its shape."""
        return _SIZES[self.kind][1]

    @property
    def middle(self) -> int:
        """The x of its centre."""
        return self.x + self.width // 2

    def port(self, x: int) -> Point:
        """Where a line to or from something at `x` touches the element: right, left or middle."""
        if x == self.middle:
            return self.middle, self.y
        return (self.x + self.width if x > self.middle else self.x), self.y


@dataclass(frozen=True)
class Flow:
    """A sequence flow and the corners of its line, ends included."""

    id: str
    source: Element
    target: Element
    points: tuple[Point, ...]


@dataclass
class Diagram:
    """The elements and flows drawn so far; ids are numbered in the order of drawing."""

    elements: list[Element] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    def add(self, kind: ElementKind, x: int, y: int, name: str = "") -> Element:
        """Put an element."""
        element = Element(f"{kind}_{len(self.elements) + 1}", kind, name, x, y)
        self.elements.append(element)
        return element

    def connect(self, source: Element, target: Element, *corners: Point) -> None:
        """Draw a flow, straight or round `corners`."""
        start = source.port(corners[0][0] if corners else target.middle)
        end = target.port(corners[-1][0] if corners else source.middle)
        self.flows.append(Flow(f"flow_{len(self.flows) + 1}", source, target, (start, *corners, end)))


Ends = tuple[Element, Element] | None


def lay_out(tree: Node) -> Diagram:
    """Draw a process tree from a start event on the left to an end event on the right."""
    diagram = Diagram()
    width, height = extent(tree)
    y = height // 2 + _LANE_GAP
    start = diagram.add("startEvent", _GAP, y)
    x = _GAP + start.width + _GAP
    ends = _draw(diagram, tree, x, y, False)
    end = diagram.add("endEvent", x + width + (_GAP if ends else 0), y)
    if ends is None:
        diagram.connect(start, end)
    else:
        diagram.connect(start, ends[0])
        diagram.connect(ends[1], end)
    return diagram


def extent(node: Node) -> tuple[int, int]:
    """Return the width and height that a subtree needs."""
    match node:
        case Activity():
            return _SIZES["task"]
        case Silent():
            return 0, _EMPTY_HEIGHT
        case Operator("sequence", children):
            sizes = [extent(child) for child in children]
            return sum(width for width, _ in sizes) + _GAP * (len(sizes) - 1), max(height for _, height in sizes)
        case Operator(_, children):
            sizes = [extent(child) for child in children]
            gateways = 2 * (_SIZES["exclusiveGateway"][0] + _GAP)
            return gateways + max(width for width, _ in sizes), sum(height + _LANE_GAP for _, height in sizes)


def _draw(diagram: Diagram, node: Node, x: int, y: int, backwards: bool) -> Ends:
    """Draw a subtree, left edge `x`, middle `y`; return its first and last element, None when it has none.

    `backwards` draws from right to left, as the way back of a loop runs.
    """
    match node:
        case Silent():
            return None
        case Activity(name):
            task = diagram.add("task", x, y, name)
            return task, task
        case Operator("sequence"):
            return _draw_sequence(diagram, node, x, y, backwards)
        case Operator():
            return _draw_block(diagram, node, x, y, backwards)


def _draw_sequence(diagram: Diagram, node: Operator, x: int, y: int, backwards: bool) -> Ends:
    """Draw the children one after the other."""
    drawn: list[tuple[Element, Element]] = []
    x += extent(node)[0] if backwards else 0
    for child in node.children:
        width = extent(child)[0]
        ends = _draw(diagram, child, x - width if backwards else x, y, backwards)
        if ends:
            drawn.append(ends)
        x += -(width + _GAP) if backwards else width + _GAP
    for before, after in pairwise(drawn):
        diagram.connect(before[1], after[0])
    return (drawn[0][0], drawn[-1][1]) if drawn else None


def _draw_block(diagram: Diagram, node: Operator, x: int, y: int, backwards: bool) -> Ends:
    """Draw the children on lanes between two gateways; the second child of a loop leads back."""
    kind: ElementKind = "parallelGateway" if node.kind == "parallel" else "exclusiveGateway"
    far = x + extent(node)[0] - _SIZES[kind][0]
    first = diagram.add(kind, far if backwards else x, y)
    last = diagram.add(kind, x if backwards else far, y)
    inner = x + _SIZES[kind][0] + _GAP
    for position, (child, lane) in enumerate(_lanes(node, y)):
        is_way_back = node.kind == "loop" and position == 1
        ends = _draw(diagram, child, inner, lane, backwards != is_way_back)
        _join(diagram, (last, first) if is_way_back else (first, last), ends, lane)
    return first, last


def _join(diagram: Diagram, gateways: tuple[Element, Element], ends: Ends, lane: int) -> None:
    """Connect what stands on a lane with the gateways that it leaves and reaches."""
    source, target = gateways
    corners = [] if lane == source.y else [(source.middle, lane), (target.middle, lane)]
    if ends is None:
        diagram.connect(source, target, *corners)
    else:
        diagram.connect(source, ends[0], *corners[:1])
        diagram.connect(ends[1], target, *corners[1:])


def _lanes(node: Operator, y: int) -> Iterator[tuple[Node, int]]:
    """Yield each child with the middle of its lane, from top to bottom around `y`."""
    top = y - extent(node)[1] // 2
    for child in node.children:
        height = extent(child)[1] + _LANE_GAP
        yield child, top + height // 2
        top += height
