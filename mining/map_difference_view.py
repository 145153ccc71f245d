"""From two compared maps to what is drawn and said of their differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mining.drawing.differences import DrawnEdge, DrawnStep, Hues, differences_picture
from mining.drawing.picture import Picture
from mining.lanes import LaneMap
from mining.map_difference import EdgeDifference, MapDifference, ShareDifference
from mining.map_elements import Element
from mining.map_view import Clock
from mining.simplify import Selection
from pipeline import formats

Compared = Literal["share of returns", "median wait"]
SHORTEST = 30.0


@dataclass(frozen=True)
class DifferenceReading:
    """Which difference is shown, by which clock, and how many seconds a day has on it (None: calendars differ)."""

    shown: Compared
    clock: Clock
    day_seconds: float | None

    def value(self, edge: EdgeDifference) -> float | None:
        """Return the shown difference of an edge, a share or seconds; None where too few cases are behind it."""
        if self.shown == "share of returns":
            return edge.share.points if edge.share.is_judged else None
        if not edge.is_wait_judged:
            return None
        return edge.business_seconds if self.clock == "business" else edge.seconds

    def print(self, value: float) -> str:
        """Return a difference with its sign and unit, e.g. ``+12 pts`` or ``+1.5 d``."""
        return points(value) if self.shown == "share of returns" else self.longer(value)

    def longer(self, seconds: float) -> str:
        """Return a difference of waits with its sign and unit; under half a minute there is none."""
        if abs(seconds) < SHORTEST:
            return f"±0{formats.SPACE}min"
        return _signed(seconds, lambda size: formats.duration(size, self.day_seconds or float("inf")))

    @property
    def title(self) -> str:
        """Name the difference."""
        if self.shown == "share of returns":
            return "Share of returns, here minus there"
        return f"Median wait, here minus there, {'business' if self.clock == 'business' else 'elapsed'} time"


def points(value: float) -> str:
    """Return a difference of shares in percentage points, e.g. ``+12 pts``."""
    return _signed(value, lambda size: f"{100 * size:.{1 if size < 0.0995 else 0}f}{formats.SPACE}pts")


def _signed(value: float, show: Callable[[float], str]) -> str:
    sign = "+" if value > 0 else formats.MINUS if value < 0 else "±"
    return f"{sign}{show(abs(value))}"


def difference_picture(
    found: MapDifference, selection: Selection, lanes: LaneMap, reading: DifferenceReading
) -> Picture:
    """Return what is drawn of two compared maps; what too few cases are behind is thin."""
    edges = [
        DrawnEdge(edge.key, sum(edge.share.cases), reading.value(edge), edge_words(edge, reading))
        for edge in found.edges
    ]
    steps = [DrawnStep(step.activity, step.share.shares[0] or 0.0, share_words(step.share)) for step in found.steps]
    hues = Hues(reading.title, reading.print, is_rooted=reading.shown == "median wait", is_thin=True)
    return differences_picture(edges, steps, selection, lanes, hues)


def share_words(share: ShareDifference) -> tuple[str, ...]:
    """Say the returns and the share on each side, the difference and its interval."""
    here, there = share.cases
    of_here, of_there = share.of
    shares = [formats.share(part) for part in share.shares]
    lines = [
        f"Here {formats.count(here)} of {formats.count(of_here)} returns ({shares[0]})",
        f"There {formats.count(there)} of {formats.count(of_there)} returns ({shares[1]})",
    ]
    if share.points is not None:
        lines.append(f"Difference {points(share.points)}{interval_words(share)}")
    return tuple(lines)


def interval_words(share: ShareDifference) -> str:
    """Say the interval, e.g. ``, 95 % interval +2.1 pts to +12 pts``; nothing without one."""
    if share.interval is None:
        return ""
    low, high = share.interval
    return f", 95{formats.SPACE}% interval {points(low)} to {points(high)}"


def edge_words(edge: EdgeDifference, reading: DifferenceReading) -> tuple[str, ...]:
    """Say the shares and the median waits of an edge on both sides."""
    is_business = reading.clock == "business"
    waits = edge.median_business_seconds if is_business else edge.median_seconds
    longer = edge.business_seconds if is_business else edge.seconds
    here, there = (formats.duration(wait, reading.day_seconds or float("inf")) for wait in waits)
    gap = f", difference {reading.longer(longer)}" if longer is not None else ""
    words = *share_words(edge.share), f"Median wait here {here}, there {there}{gap}"
    return words if reading.value(edge) is not None else (*words, "too few returns to compare")


def compared_words(found: MapDifference, picked: Element, reading: DifferenceReading) -> tuple[str, ...]:
    """Say how a step or an edge differs between the sides; nothing of a beginning or an end."""
    if picked.kind == "edge":
        return next((edge_words(edge, reading) for edge in found.edges if edge.key == picked.names), ())
    if picked.kind == "step":
        return next((share_words(step.share) for step in found.steps if (step.activity,) == picked.names), ())
    return ()
