"""The map of both sides as a picture: only what is beyond chance has a colour and a number, all else is grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mining.drawing.picture import Arc, Legend, Node, Picture
from mining.lanes import LaneMap
from mining.map_difference_view import points
from mining.map_scale import Balance
from mining.map_view import badge_of, runs_back
from mining.simplify import Selection
from pipeline import formats
from proof.changed_map import ChangedMap, EdgeChange, WaitChange
from proof.places_words import signed_days
from proof.shares import ShareChange

Shown = Literal["share of returns", "mean wait"]
_NOISE = "within chance"


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
    """Return what is drawn: lines are as wide as they have returns on both sides together, hues are changes."""
    reading = _Reading(shown)
    edges = {edge.key: edge for edge in found.edges}
    drawn = [edges[key] for key in selection.edges if lanes.places.keys() >= set(key)]
    values = [value for edge in drawn if (value := reading.value(edge)) is not None]
    balance = Balance(max(map(abs, values), default=0.0), is_rooted=shown == "mean wait")
    cases = {key: sum(edge.share.having) for key, edge in edges.items()}
    arcs = [
        Arc(
            *edge.key,
            cases[edge.key],
            balance.level(reading.value(edge)),
            "" if (value := reading.value(edge)) is None else reading.print(value),
            badge_of(edge.key, lanes),
            edge_words(edge),
            runs_back(edge.key, cases, lanes),
        )
        for edge in drawn
    ]
    nodes, ghosts = _nodes(found, selection, lanes)
    return Picture(lanes, nodes, ghosts, arcs, Legend(reading.title, balance.marks(reading.print), is_diverging=True))


def _nodes(found: ChangedMap, selection: Selection, lanes: LaneMap) -> tuple[list[Node], list[Node]]:
    nodes, ghosts = [], []
    for step in found.steps:
        if step.name not in lanes.places:
            continue
        place, share, words = lanes.places[step.name], step.shares[1], share_words(step)
        if step.name in selection.activities:
            begins, ends = step.name in selection.starts, step.name in selection.ends
            nodes.append(Node(place, share, words, begins, ends))
        else:
            ghosts.append(Node(place, share, ("hidden", *words), False, False))
    return nodes, ghosts


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
