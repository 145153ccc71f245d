"""What is said of handoffs: how many, between whom most, how often work bounces back, how many systems it touches."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.handoffs.reading import HandoffReading
from mining.handoffs import Handoff, Level, TouchPoints
from mining.rework import PingPong
from pipeline import formats

OWNERS: dict[Level, str] = {"system": "systems", "department": "departments", "resource": "resources"}
LEFT_OUT: dict[Level, str] = {
    "system": "Steps that name no system neither give nor take.",
    "department": "Steps without a department neither give nor take.",
    "resource": (
        "Steps without a resource (a person or a service) neither give nor take; resources with steps in fewer than "
        "five returns are one group, so that nobody is told by a handful of cases. Persons stand under "
        "names made for this workspace, the same in every build of it, with their department."
    ),
}
LEGEND = (
    "A handoff is a change of owner from one step of a return to the next. Bounced back: the next handoff gives the "
    "work back to the giver. Waits run from the giver's step to the taker's."
)


def lead(found: Sequence[Handoff], returns: int, level: Level, reading: HandoffReading) -> str:
    """Answer in two sentences who hands over to whom in `returns` returns; `found` holds all handoffs of the level."""
    total = sum(one.frequency for one in found)
    if not total:
        return f"No work changes hands between {OWNERS[level]} in these returns."
    first = found[0]
    bounced = sum(one.bounced for one in found) / total
    wait = formats.duration(reading.median(first), reading.day_seconds)
    return (
        f"A return changes hands between {OWNERS[level]} {formats.number(total / returns, 1)} times on average, most "
        f"often from {first.from_name} to {first.to_name}: {formats.count(first.frequency)} times, median wait {wait} "
        f"({reading.clock}). {formats.share(bounced)} of the handoffs bounce back."
    )


def shown(found: Sequence[Handoff], chosen: Sequence[Handoff], owners: int, of: int, level: Level) -> str:
    """Say which owners the figures show and what share of the handoffs is theirs."""
    total = sum(one.frequency for one in found)
    if owners == of:
        return f"All {formats.count(of)} {OWNERS[level]}; n {formats.count(total)} handoffs."
    share = sum(one.frequency for one in chosen) / total
    return (
        f"The {owners} {OWNERS[level]} with most handoffs of {formats.count(of)}; {formats.share(share)} of "
        f"{formats.count(total)} handoffs are among them. The table below has all."
    )


def touched(points: TouchPoints, returns: int) -> str:
    """Say how often returns touch systems, and how many returns are left out for naming none."""
    if points.mean_visits is None or points.mean_systems is None:
        return "No step of these returns names a system."
    counted = sum(cases for _, cases in points.visits)
    left_out = returns - counted
    nameless = f"; {formats.count(left_out)} name no system and are left out" if left_out else ""
    return (
        f"On average a return goes through {formats.number(points.mean_systems, 1)} different systems and enters a "
        f"system {formats.number(points.mean_visits, 1)} times. n {formats.count(counted)} returns{nameless}."
    )


def to_and_fro(pairs: Sequence[PingPong], level: Level, reading: HandoffReading) -> str:
    """Say where work goes from one owner to another and with the very next step back, most frequent first."""
    if not pairs:
        return _no_way_back(level)
    cost = pairs[0].cost
    median = cost.median_seconds if reading.clock == "elapsed" else cost.median_business_seconds
    value = "" if cost.value_days is None else f", {formats.money_days(cost.value_days, reading.currency)} waiting"
    return (
        f"{_back(sum(one.cost.occurrences for one in pairs), pairs[0].owner, pairs[0].other, cost.occurrences)} in "
        f"{formats.count(cost.cases)} returns, away for {formats.duration(median, reading.day_seconds)} "
        f"({reading.clock}, median){value}."
    )


def at_once(found: Sequence[Handoff], level: Level) -> str:
    """Say the same from the handoffs themselves, which do not know how long the work is away."""
    first = max(found, key=lambda one: one.ping_pong)
    if not first.ping_pong:
        return _no_way_back(level)
    total = sum(one.ping_pong for one in found)
    return f"{_back(total, first.from_name, first.to_name, first.ping_pong)}. The table above has all of them."


def _no_way_back(level: Level) -> str:
    return f"Between {OWNERS[level]}, no work comes back with the very next step."


def _back(total: int, owner: str, other: str, times: int) -> str:
    return (
        f"{formats.count(total)} times work comes back with the very next step. Most often it leaves {owner} for "
        f"{other}: {formats.count(times)} times"
    )
