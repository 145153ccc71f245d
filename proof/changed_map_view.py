"""The map of both sides as a picture: only what is beyond chance has a colour and a number, all else is grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mining.drawing.differences import DrawnEdge, DrawnStep, Hues, differences_picture
from mining.drawing.picture import Picture
from mining.lanes import LaneMap
from mining.map_difference_view import points
from mining.simplify import FIRST_SIGHT_EDGES, Selection, simplify, steps_at_first_sight
from pipeline import formats
from proof.changed_map import ChangedMap, EdgeChange, WaitChange
from proof.places_words import signed_days
from proof.shares import HANDFUL, ShareChange

Shown = Literal["share of returns", "mean wait"]
_NOISE = "within chance"
FIRST_SIGHT_STEPS = 18
ARROW = "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True)
class _Reading:
    shown: Shown

    def value(self, edge: EdgeChange) -> float | None:
        """Return the change that is shown of an edge; None within chance."""
        found = edge.share if self.shown == "share of returns" else edge.wait
        return found.change.value if found and found.change and found.is_beyond_chance else None

    def print(self, value: float) -> str:
        return points(value) if self.shown == "share of returns" else _days(value)

    @property
    def title(self) -> str:
        what = "Share of returns" if self.shown == "share of returns" else "Mean wait, business days"
        return f"{what}, after minus before; grey is {_NOISE}"


def change_picture(found: ChangedMap, selection: Selection, lanes: LaneMap, shown: Shown) -> Picture:
    """Return what is drawn: noise keeps its width and has neither hue nor number."""
    reading = _Reading(shown)
    edges = [DrawnEdge(edge.key, sum(edge.share.having), reading.value(edge), edge_words(edge)) for edge in found.edges]
    steps = [DrawnStep(step.name, step.shares[1], share_words(step)) for step in found.steps]
    hues = Hues(reading.title, reading.print, is_rooted=shown == "mean wait", is_thin=False)
    return differences_picture(edges, steps, selection, lanes, hues)


def first_sight(found: ChangedMap) -> Selection:
    """Return what of the map is shown: few enough steps and edges to be read."""
    graph = found.graph()
    return simplify(graph, steps_at_first_sight(graph, FIRST_SIGHT_STEPS), FIRST_SIGHT_EDGES)


def changed_edges(found: ChangedMap, shown: Shown) -> tuple[EdgeChange, ...]:
    """Return the edges whose share or wait changed beyond chance, the largest change first."""
    reading = _Reading(shown)
    told = [edge for edge in found.edges if reading.value(edge) is not None]
    return tuple(sorted(told, key=lambda edge: -abs(reading.value(edge) or 0.0)))


def changed_words(found: ChangedMap, shown: Shown) -> str:
    """Say how many edges changed beyond chance, e.g. ``By mean wait, 2 of 30 edges changed beyond chance; ...``."""
    changed, edges = formats.count(len(changed_edges(found, shown))), formats.count(len(found.edges))
    return (
        f"By {shown}, {changed} of {edges} edges changed beyond chance; what fewer than {HANDFUL} returns have is left "
        f"out ({formats.count(found.rare)} steps and edges)."
    )


def map_words(found: ChangedMap, shown: Shown) -> str:
    """Say the same, and what hues, widths and bars mean."""
    is_share = shown == "share of returns"
    more, less = ("more returns", "fewer") if is_share else ("a longer wait", "a shorter one")
    return (
        f"{changed_words(found, shown)} Orange with a plus: {more} after; blue with a minus: {less}; grey without a "
        "number: within chance, or too few to tell. Line width: returns of both sides that go this way. The bar in a "
        "step is its share of the returns of after."
    )


def edge_name(edge: EdgeChange) -> str:
    """Name an edge by its ends."""
    return f"{edge.key[0]} {ARROW} {edge.key[1]}"


def share_words(share: ShareChange) -> tuple[str, ...]:
    """Say the returns and the share on each side, the change with its interval, and whether it is beyond chance."""
    sides = zip(("Before", "After"), share.having, share.of, share.shares, strict=True)
    lines = [
        f"{side} {formats.count(having)} of {formats.count(of)} returns ({formats.share(part)})"
        for side, having, of, part in sides
    ]
    if share.change:
        low, high = share.change.interval
        between = f"95{formats.SPACE}% interval {points(low)} to {points(high)}"
        lines.append(f"Change {points(share.change.value)}, {between}, {_called(share)}")
    return tuple(lines)


def edge_words(edge: EdgeChange) -> tuple[str, ...]:
    """Say how the share and the mean wait of an edge changed."""
    wait, lines = edge.wait, share_words(edge.share)
    if wait is None:
        return lines
    if wait.change is None:
        return (*lines, "Too few passages to compare the waits")
    low, high = wait.change.interval
    sides = " to ".join(formats.number(value or 0.0, 1) for value in (wait.before, wait.after))
    between = f"95{formats.SPACE}% interval {_days(low)} to {_days(high)}"
    return (*lines, f"Mean wait from {sides} business days ({_days(wait.change.value)}), {between}, {_called(wait)}")


def _called(found: ShareChange | WaitChange) -> str:
    return "beyond chance" if found.is_beyond_chance else _NOISE


def _days(value: float) -> str:
    return f"{signed_days(value)}{formats.SPACE}d"
