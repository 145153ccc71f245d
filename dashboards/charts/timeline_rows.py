"""Where everything on a timeline stands: signs that would touch take a row of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# How far apart two signs must stand to share a row, as a part of the width.
_CLOSEST = 0.026
# How far exceptions may reach beyond all else, as a part of it.
_ROOM = 0.25
_FIRST, _BETWEEN = 1.3, 0.3


@dataclass(frozen=True)
class Mark:
    """A step: its lane, when (days since the request), its sign, whether a program did it, and its hover lines."""

    lane: str
    at: float
    sign: str
    is_automation: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A segment or an exception from `start` to `end` (days since the request); `is_open` when it still runs."""

    name: str
    start: float
    end: float
    is_open: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Timeline:
    """What a timeline shows: lanes from the top, steps in order, segments, exceptions, and what its axis measures."""

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    segments: tuple[Span, ...]
    exceptions: tuple[Span, ...]
    axis: str

    def bounds(self) -> tuple[float, float]:
        """Return the first and the last day that is shown, never the same.

        An exception that lasts for long after all else runs out of the drawing, so that the steps keep their room.
        """
        days = [0.0, *(mark.at for mark in self.marks), *(span.start for span in (*self.segments, *self.exceptions))]
        days += [span.end for span in self.segments]
        low, high = min(days), max(*days, min(days) + 0.1)
        longest = max((span.end for span in self.exceptions), default=high)
        return low, max(high, min(longest, high + _ROOM * (high - low)))

    def gap(self) -> float:
        """Return how many days apart two signs must stand to share a row."""
        low, high = self.bounds()
        return (high - low) * _CLOSEST


@dataclass(frozen=True)
class Places:
    """Heights in rows from the top: of each lane its first row and how many it has, of each step, of each exception,
    where the exceptions begin, and where the figure ends.
    """

    lanes: Mapping[str, tuple[float, int]]
    marks: tuple[float, ...]
    exceptions: tuple[float, ...]
    top: float
    bottom: float


def places_of(timeline: Timeline) -> Places:
    """Place the lanes one below the other, and in each of them the signs."""
    gap = timeline.gap()
    heights = [0.0] * len(timeline.marks)
    lanes: dict[str, tuple[float, int]] = {}
    top = _FIRST
    for lane in timeline.lanes:
        of_lane = [position for position, mark in enumerate(timeline.marks) if mark.lane == lane]
        of_lane.sort(key=lambda position: timeline.marks[position].at)
        days = [timeline.marks[position].at for position in of_lane]
        rows = rows_of(days, days, gap)
        for position, row in zip(of_lane, rows, strict=True):
            heights[position] = top + row
        lanes[lane] = (top, max(rows, default=0) + 1)
        top += lanes[lane][1] + _BETWEEN
    spans = timeline.exceptions
    rows = rows_of([span.start for span in spans], [max(span.start, span.end) for span in spans], gap)
    bottom = top + (max(rows) + 1 + _BETWEEN if rows else 0.0)
    return Places(lanes, tuple(heights), tuple(top + row for row in rows), top, bottom)


def rows_of(starts: Sequence[float], ends: Sequence[float], gap: float) -> list[int]:
    """Return the row of each item, given in order of their starts, so that those of a row are `gap` apart."""
    ends_of_rows: list[float] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        row = next((row for row, last in enumerate(ends_of_rows) if start - last >= gap), len(ends_of_rows))
        ends_of_rows[row:] = [end, *ends_of_rows[row + 1 :]]
        found.append(row)
    return found
