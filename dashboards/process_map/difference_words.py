"""The differences of two maps in words."""

from __future__ import annotations

from mining.map_difference import FEWEST, EdgeDifference, MapDifference
from mining.map_difference_view import DifferenceReading, points
from mining.simplify import Selection
from pipeline import formats

LARGEST = 3


def lead(found: MapDifference, other: str) -> str:
    """Name the largest differences in one sentence."""
    if not found.of[1]:
        return f"There are no returns to compare with: {other} has none."
    if min(found.of) < FEWEST:
        return f"Too few returns to compare: {formats.count(found.of[0])} here, {formats.count(found.of[1])} there."
    largest = found.largest(LARGEST)
    if not largest:
        return f"No edge that {FEWEST} returns take differs in its share from {other}."
    return f"Largest differences from {other}: {'; '.join(map(_difference, largest))}."


def _difference(edge: EdgeDifference) -> str:
    here, there = (formats.share(share) for share in edge.share.shares)
    name = f"{edge.activity} → {edge.next_activity}"
    return f"{name} {points(edge.share.points or 0.0)} ({here} here, {there} there)"


def sides(found: MapDifference, other: str, shared: int) -> str:
    """Say who is compared, and what the intervals are worth."""
    here, there = (formats.count(count) for count in found.of)
    who = f"Here: the selection, n {here}. There: {other}, n {there}."
    if shared:
        both = "1 return is" if shared == 1 else f"{formats.count(shared)} returns are"
        return f"{who} {both} on both sides, so no interval is given: the two shares are not independent."
    return (
        f"{who} No return is on both sides. Intervals are 95{formats.SPACE}% ones of the difference of two shares "
        "(Newcombe 1998, method 10), each by itself: of many edges, some miss; pointed at, an edge tells its own, and "
        "the table has them all. Medians have none: their difference is what was seen, not a test."
    )


def legend(found: MapDifference, selection: Selection, reading: DifferenceReading) -> str:
    """Say what the colours and widths mean, and which edges are thin and grey."""
    shown = [edge for edge in found.edges if edge.key in selection.edges]
    few = sum(reading.value(edge) is None for edge in shown)
    why = (
        f"fewer than {FEWEST} returns take them on either side"
        if reading.shown == "share of returns"
        else f"fewer than {FEWEST} returns take them on one of the sides"
    )
    more, less = ("more", "fewer") if reading.shown == "share of returns" else ("longer", "shorter")
    return (
        f"Orange with a plus: {more} here; blue with a minus: {less} here; grey: no difference. Thin and grey without "
        f"a number: {formats.count(few)} of the {formats.count(len(shown))} shown edges, because {why}. Line width: "
        "returns of both sides that go this way. The bar in a step is its share of the returns here. "
        f"{formats.count(len(found.edges) - len(shown))} edges are hidden; the table has them all."
    )
