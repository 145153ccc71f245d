"""Places for the labels of edges: on their line, clear of the steps and of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mining.drawing.curves import Point, along
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH, Box, Key

_LETTER, _SMALL_LETTER, _LINE = 5.8, 4.6, 14.0
_PARTS = tuple(0.5 + sign * step * 0.03 for step in range(14) for sign in ((1, -1) if step else (1,)))
_FOREIGN_POINT = 25.0


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


def place_labels(
    lines: Mapping[Key, Sequence[Point]], labels: Mapping[Key, tuple[str, str]], boxes: Iterable[Box]
) -> dict[Key, Point]:
    """Return a point for each label (a text and a smaller badge), the first ones first.

    A label goes where it covers least of what stands there already: steps, labels, other lines.
    """
    taken = [_Area(box.x, box.y, NODE_WIDTH + 4, NODE_HEIGHT + 4) for box in boxes]
    places = {}
    for key, (text, badge) in labels.items():
        width = len(text) * _LETTER + len(badge) * _SMALL_LETTER + 6
        foreign = [point for other, line in lines.items() if other != key for point in line]
        areas = [_Area(*along(lines[key], part), width, _LINE) for part in _PARTS]
        best = min(areas, key=lambda area: _covered(area, taken, foreign))
        taken.append(best)
        places[key] = (best.x, best.y)
    return places


def _covered(area: _Area, taken: Iterable[_Area], foreign: Iterable[Point]) -> float:
    """Return how much a label at this place covers: steps and labels by area, points of other lines by number."""
    crossed = sum(1 for x, y in foreign if abs(x - area.x) < area.width / 2 and abs(y - area.y) < area.height / 2)
    return sum(area.overlap(other) for other in taken) + _FOREIGN_POINT * crossed
