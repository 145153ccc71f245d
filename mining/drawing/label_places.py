"""Places for the labels of edges: on their line or beside it, clear of the steps and of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mining.drawing.curves import Point, along
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH, Box, Key

_LETTER, _SMALL_LETTER, _LINE = 5.8, 4.6, 14.0
_PARTS = tuple(0.5 + sign * step * 0.03 for step in range(14) for sign in ((1, -1) if step else (1,)))
_FOREIGN_POINT = 25.0
_ASIDE, _ASIDE_POINT = (0.0, -13.0, 13.0, -24.0, 24.0), 4.0
_MARK_WIDTH, _MARK_HEIGHT = 38.0, 13.0


@dataclass(frozen=True)
class _Area:
    x: float
    y: float
    width: float
    height: float

    def overlap(self, other: _Area) -> float:
        """Return the area that two share."""
        across = (self.width + other.width) / 2 - abs(self.x - other.x)
        down = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(across, 0.0) * max(down, 0.0)

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return abs(point[0] - self.x) < self.width / 2 and abs(point[1] - self.y) < self.height / 2


def place_labels(
    lines: Mapping[Key, Sequence[Point]],
    labels: Mapping[Key, tuple[str, str]],
    boxes: Iterable[Box],
    marks: Iterable[Point] = (),
) -> dict[Key, Point]:
    """Return a point for each label (a text and a smaller badge), the first ones first.

    A label goes where it covers least of what stands there already: steps, the `marks` of starts and ends (by their
    middles), labels, other lines. It stands on its line, or just above or below it where there is no room on it.
    """
    taken = [_Area(box.x, box.y, NODE_WIDTH + 4, NODE_HEIGHT + 4) for box in boxes]
    taken += [_Area(x, y, _MARK_WIDTH, _MARK_HEIGHT) for x, y in marks]
    places = {}
    for key, (text, badge) in labels.items():
        width = len(text) * _LETTER + len(badge) * _SMALL_LETTER + 6
        foreign = [point for other, line in lines.items() if other != key for point in line]
        best = _best_area(lines[key], width, taken, foreign)
        taken.append(best)
        places[key] = (best.x, best.y)
    return places


def _best_area(line: Sequence[Point], width: float, taken: Sequence[_Area], foreign: Sequence[Point]) -> _Area:
    """Return where a label covers least; the nearer to its line the better, so farther places are tried only then."""
    middles = [along(line, part) for part in _PARTS]
    reach = _reach(middles, width)
    near = [point for point in foreign if reach.holds(point)]
    taken = [other for other in taken if reach.overlap(other)]
    found: list[tuple[float, _Area]] = []
    for aside in _ASIDE:
        for x, y in middles:
            area = _Area(x, y + aside, width, _LINE)
            found.append((_covered(area, taken, near) + _ASIDE_POINT * abs(aside), area))
        _, best = min(found, key=lambda one: one[0])
        if not any(best.overlap(other) for other in taken):
            break
    return best


def _reach(middles: Sequence[Point], width: float) -> _Area:
    """Return the area that a label at any of its places could cover."""
    across, down = [x for x, _ in middles], [y for _, y in middles]
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    height = bottom - top + 2 * max(map(abs, _ASIDE)) + _LINE
    return _Area((left + right) / 2, (top + bottom) / 2, right - left + width, height)


def _covered(area: _Area, taken: Iterable[_Area], foreign: Iterable[Point]) -> float:
    """Return how much a label at this place covers: steps and labels by area, points of other lines by number."""
    crossed = sum(1 for point in foreign if area.holds(point))
    return sum(area.overlap(other) for other in taken) + _FOREIGN_POINT * crossed
