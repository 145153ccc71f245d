"""Ways of edges over a process map: they run between the steps, never through one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mining.drawing.curves import Point, bezier, curve, dense, rounded

Side = Literal["left", "right", "top", "bottom", "self"]
Key = tuple[str, str]

NODE_WIDTH, NODE_HEIGHT = 96.0, 34.0
_GUTTER = 15.0
_TRACK = 8.0
_TRACKS = 6
_LIFT = 11.0


@dataclass(frozen=True)
class Box:
    """A step on the drawing (pixels, y downwards, to the middle); `column` tells steps that stand under another."""

    name: str
    x: float
    y: float
    lane: str
    is_side: bool

    @property
    def column(self) -> int:
        """Its column, as a number that equal ones share."""
        return round(self.x)


@dataclass(frozen=True)
class Frame:
    """Where edges run that cannot go straight: above all steps, and between the main flow and the side lanes."""

    above: float
    between: float


@dataclass(frozen=True)
class Link:
    """An edge to route; `is_backward` ones run above the flow."""

    source: str
    target: str
    is_backward: bool


def route_all(boxes: Mapping[str, Box], links: Sequence[Link], frame: Frame) -> dict[Key, list[Point]]:
    """Return the line of every link from the border of its source to that of its target.

    Lines that leave or reach one side of a step are spread along it in the order in which they lie beyond it.
    """
    everything = list(boxes.values())
    sides = {
        (link.source, link.target): _sides(boxes[link.source], boxes[link.target], link.is_backward, everything)
        for link in links
    }
    ports = _ports(boxes, sides)
    tracks = {"above": 0, "between": 0}
    lines = {}
    for link in links:
        key = (link.source, link.target)
        source, target = boxes[link.source], boxes[link.target]
        direct = _direct(source, target, sides[key], ports[key, 0], ports[key, 1], everything)
        if direct:
            lines[key] = dense(direct)
            continue
        level = "above" if link.is_backward and not source.is_side else "between"
        base = frame.above if level == "above" else frame.between
        track = base + (tracks[level] % _TRACKS - (_TRACKS - 1) / 2) * _TRACK
        tracks[level] += 1
        lines[key] = dense(_around(source, target, ports[key, 0], ports[key, 1], track, everything))
    return lines


def _direct(
    source: Box, target: Box, sides: tuple[Side, Side], start: Point, end: Point, boxes: Sequence[Box]
) -> list[Point] | None:
    """Return the line of a link that needs no track of its own, None for one that does."""
    match sides:
        case ("self", _):
            return _loop(source)
        case ("right", "left"):
            return _forward(source, target, start, end, boxes)
        case ("left", "right"):
            return bezier(start, end)
        case ("left", "left"):
            return _beside(start, end, -1)
        case ("right", "right"):
            return _beside(start, end, 1)
        case ("bottom", "top") if source.column == target.column:
            return [(source.x, start[1]), (source.x, end[1])]
        case _:
            return None


def _sides(source: Box, target: Box, is_backward: bool, boxes: Sequence[Box]) -> tuple[Side, Side]:
    """Tell on which sides a link leaves its source and reaches its target."""
    if source.name == target.name:
        return "self", "self"
    if source.is_side != target.is_side:
        return ("bottom", "top") if target.is_side else ("top", "bottom")
    if source.column == target.column:
        return _sides_in_column(source, target, boxes)
    is_near = abs(source.x - target.x) < 2 * NODE_WIDTH
    is_across = is_backward and source.lane != target.lane
    if is_across or (not is_near and (source.is_side or target.x < source.x)):
        return "top", "top"
    return ("right", "left") if target.x > source.x else ("left", "right")


def _sides_in_column(source: Box, target: Box, boxes: Sequence[Box]) -> tuple[Side, Side]:
    if target.y < source.y:
        return "right", "right"
    between = [box for box in boxes if box.column == source.column and source.y < box.y < target.y]
    return ("left", "left") if between else ("bottom", "top")


def _ports(boxes: Mapping[str, Box], sides: Mapping[Key, tuple[Side, Side]]) -> dict[tuple[Key, int], Point]:
    """Spread the ends of all links over the sides of their steps."""
    meeting: dict[tuple[str, Side], list[tuple[float, Key, int]]] = {}
    for key, ends in sides.items():
        for end, side in enumerate(ends):
            here, there = boxes[key[end]], boxes[key[1 - end]]
            beyond = there.y if side in ("left", "right") else there.x
            meeting.setdefault((here.name, side), []).append((beyond, key, end))
    ports = {}
    for (name, side), arrivals in meeting.items():
        room = (NODE_HEIGHT if side in ("left", "right") else NODE_WIDTH) - 14
        step = min(room / max(len(arrivals) - 1, 1), 9 if side in ("left", "right") else 16)
        for position, (_, key, end) in enumerate(sorted(arrivals)):
            ports[key, end] = _port(boxes[name], side, (position - (len(arrivals) - 1) / 2) * step)
    return ports


def _port(box: Box, side: Side, shift: float) -> Point:
    """Return a point on the border of a step, `shift` away from the middle of the side."""
    if side in ("left", "right"):
        return box.x + (NODE_WIDTH / 2 if side == "right" else -NODE_WIDTH / 2), box.y + shift
    return box.x + shift, box.y + (NODE_HEIGHT / 2 if side == "bottom" else -NODE_HEIGHT / 2)


def _forward(source: Box, target: Box, start: Point, end: Point, boxes: Sequence[Box]) -> list[Point]:
    """Run to the right: straight over when nothing stands between, else through the nearest free height."""
    between = [box for box in boxes if source.column < box.column < target.column and box.is_side == source.is_side]
    if not between:
        return bezier(start, end)
    height = _free_height(between, start[1], end[1])
    first = min(box.x for box in between) - NODE_WIDTH / 2
    last = max(box.x for box in between) + NODE_WIDTH / 2
    return [*bezier(start, (first, height)), *bezier((last, height), end)]


def _free_height(between: Sequence[Box], start: float, end: float) -> float:
    """Return the height nearest to both ends at which no step stands."""
    clear = NODE_HEIGHT / 2 + 5
    low = min(box.y for box in between) - clear
    high = max(box.y for box in between) + clear
    candidates = [start, end, *(low + 4 * step for step in range(int((high - low) / 4) + 2)), high]
    free = [y for y in candidates if all(abs(y - box.y) >= clear for box in between)]
    return min(free, key=lambda y: (abs(y - start) + abs(y - end), abs(y - start)), default=high)


def _beside(start: Point, end: Point, direction: int) -> list[Point]:
    """Bend out of the column and back into it."""
    reach = direction * (_GUTTER + min(abs(end[1] - start[1]) / 12, 10))
    return curve(start, (start[0] + reach, start[1]), (end[0] + reach, end[1]), end)


def _loop(box: Box) -> list[Point]:
    """A small bow over the right corner of a step, back into itself."""
    right, top = box.x + NODE_WIDTH / 2, box.y - NODE_HEIGHT / 2
    return curve((right - 26, top), (right - 26, top - 30), (right + 26, top - 24), (right, top + 10))


def _around(source: Box, target: Box, start: Point, end: Point, track: float, boxes: Sequence[Box]) -> list[Point]:
    """Leave the row of the source, run along a free height, and come down (or up) to the target."""
    out = _to_track(source, start, track, 1 if target.x >= source.x else -1, boxes)
    back = _to_track(target, end, track, 1 if source.x >= target.x else -1, boxes)
    return rounded([*out, *reversed(back)])


def _to_track(box: Box, port: Point, track: float, toward: int, boxes: Sequence[Box]) -> list[Point]:
    """Go from a port straight to a track; through the gutter beside the column when another step is in the way."""
    upwards = track < box.y
    in_the_way = [
        other
        for other in boxes
        if other.column == box.column
        and other.name != box.name
        and (track < other.y < box.y or box.y < other.y < track)
    ]
    if not in_the_way:
        return [port, (port[0], track)]
    level = port[1] + (-_LIFT if upwards else _LIFT)
    gutter = box.x + toward * (NODE_WIDTH / 2 + _GUTTER)
    return [port, (port[0], level), (gutter, level), (gutter, track)]
