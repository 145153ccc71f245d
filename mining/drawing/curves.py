"""Lines as points: curves, rounded corners, and where on a line something is (pixels, y downwards)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]

_CORNER = 9.0
_SPACING = 16.0


def bezier(start: Point, end: Point) -> list[Point]:
    """A curve that leaves and arrives level, to the right or to the left."""
    reach = (end[0] - start[0]) / 2
    return curve(start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end)


def curve(start: Point, first: Point, second: Point, end: Point, pieces: int = 16) -> list[Point]:
    """Return points on a cubic Bézier curve."""
    points = []
    for piece in range(pieces + 1):
        t = piece / pieces
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append(
            (
                a * start[0] + b * first[0] + c * second[0] + d * end[0],
                a * start[1] + b * first[1] + c * second[1] + d * end[1],
            )
        )
    return points


def rounded(corners: Sequence[Point]) -> list[Point]:
    """Return a line through the corners with each of them rounded off."""
    points = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_CORNER, length(before, corner) / 2, length(corner, after) / 2)
        if radius < 0.5:
            continue
        near, far = toward(corner, before, radius), toward(corner, after, radius)
        points += curve(near, corner, corner, far, pieces=6)
    return [*points, corners[-1]]


def dense(line: Sequence[Point]) -> list[Point]:
    """Put points on long straight pieces too: a line says its numbers where it has points."""
    points = [line[0]]
    for start, end in pairwise(line):
        pieces = max(int(length(start, end) / _SPACING), 1)
        points += [toward(start, end, length(start, end) * piece / pieces) for piece in range(1, pieces + 1)]
    return points


def shortened(line: Sequence[Point], by: float) -> list[Point]:
    """Return a line without its last `by` pixels, with two points at least."""
    points = list(line)
    while len(points) > 2 and length(points[-2], points[-1]) <= by:
        by -= length(points[-2], points[-1])
        points.pop()
    last = length(points[-2], points[-1])
    return [*points[:-1], toward(points[-1], points[-2], min(by, last * 0.9))]


def length(start: Point, end: Point) -> float:
    """Return the distance between two points."""
    return math.hypot(end[0] - start[0], end[1] - start[1])


def toward(start: Point, end: Point, distance: float) -> Point:
    """Return the point at a distance from `start` in the direction of `end`."""
    part = distance / (length(start, end) or 1.0)
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def along(line: Sequence[Point], part: float) -> Point:
    """Return the point at a part (0..1) of a line's length."""
    left = part * sum(length(*pair) for pair in pairwise(line))
    for start, end in pairwise(line):
        piece = length(start, end)
        if piece and left <= piece:
            return toward(start, end, left)
        left -= piece
    return line[-1]


def arrival(line: Sequence[Point]) -> float:
    """Return the angle of a line's end in degrees, clockwise from upwards."""
    end = line[-1]
    before = next((point for point in reversed(line) if length(point, end) > 1.0), line[0])
    return math.degrees(math.atan2(end[0] - before[0], before[1] - end[1]))
