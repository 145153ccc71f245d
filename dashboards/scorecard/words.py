"""Sentences about KPIs, for tiles and for reading aloud."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.answers import Measure
from dashboards.scorecard.tiles import STATISTICS, Tile
from pipeline import formats
from pipeline.cycle_time import CohortCycleTime

_TYPICALLY = {"mean": "on average", "median": "for half of them or less", "p90": "for nine in ten or less"}


def headline(tiles: Sequence[Tile]) -> str:
    """Say what matters most: the reliable KPI furthest from its target, and how many targets are missed."""
    judged = [tile for tile in tiles if tile.against_target and tile.is_reliable]
    if not judged:
        return "No KPI can be judged: none has both a target and reliable numbers here."
    missed = sorted((tile for tile in judged if tile.times_off > 1), key=lambda tile: -tile.times_off)
    if not missed:
        return f"All {len(judged)} targets are met." if len(judged) > 1 else "The one target is met."
    return f"{_furthest(missed[0])} {_tally(missed, len(judged))}"


def _furthest(tile: Tile) -> str:
    """Say a tile's value and target, e.g. ``Rework rate is furthest from its target: 9.8 %, where at most 5.0 % …``."""
    bound = "at most" if tile.target and tile.target.better == "lower" else "at least"
    goal = formats.quantity(tile.target.target if tile.target else None, tile.measure.unit, tile.currency)[0]
    statistic = f" {_TYPICALLY[tile.measure.statistic]}" if tile.measure.statistic in _TYPICALLY else ""
    value = formats.plain(tile.row.value, tile.measure.unit, tile.currency)
    return f"{tile.measure.title} is furthest from its target: {value}{statistic}, where {bound} {goal} is the aim."


def _tally(missed: Sequence[Tile], judged: int) -> str:
    names = formats.listed([_lower_first(tile.measure.title) for tile in missed])
    if len(missed) == judged:
        return f"All {judged} targets are missed: {names}." if judged > 1 else "It is the one KPI with a target."
    verb = "is" if len(missed) == 1 else "are"
    return f"{len(missed)} of {judged} targets {verb} missed: {names}."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def variety(measure: Measure) -> str:
    """Name what tells a measure from the others of its KPI, e.g. ``mean``, ``credit notice``, ``all``."""
    if measure.part is not None:
        return measure.part.replace("_", " ")
    return STATISTICS.get(measure.statistic, "all")


def sample(tile: Tile) -> str:
    """Say how many items are in a value and what share of them all it leaves out, e.g. ``n 253 · 4.2 % left out``."""
    n, left_out = tile.row.n, tile.row.left_out
    if not left_out:
        return f"n {formats.count(n)} · none left out"
    return f"n {formats.count(n)} · {formats.share(left_out / (n + left_out))} left out"


def left_out_reasons(tile: Tile) -> str:
    """List what is left out by reason, e.g. ``9 no receipt, 2 credited before receipt``; empty for nothing."""
    return ", ".join(f"{formats.count(item.items)} {item.reason}" for item in tile.left_outs)


def unreliable(tile: Tile) -> str:
    """Say why a value is not reliable."""
    lacking = [item for item in tile.left_outs if item.is_lacking]
    reasons = formats.listed([f"{formats.count(item.items)} with {item.reason}" for item in lacking])
    return f"Not reliable: only {formats.share(tile.row.coverage)} have the data it needs ({reasons})."


def no_trend(tile: Tile) -> str:
    """Say why a tile has no trend."""
    return "As of now, so it has no trend." if tile.measure.anchor == "None" else "Nothing in these months."


def formula(measure: Measure) -> str:
    """Say how the value is formed from the items of its population."""
    if measure.statistic in ("mean", "median", "p90"):
        return f"{STATISTICS[measure.statistic].capitalize()} over the items; percentiles interpolate linearly."
    if measure.statistic == "ratio":
        return "Sum of the numerator over the sum of the denominator of the items."
    return "Sum over the items." if measure.statistic == "sum" else "Number of items."


def coverage(tile: Tile) -> str:
    """Say what share of the items has the data that the KPI needs, and whether that is enough."""
    if tile.row.coverage is None:
        return "no item"
    return formats.share(tile.row.coverage) if tile.is_reliable else unreliable(tile)


def requested_cohort(cohort: CohortCycleTime) -> str:
    """Say what the cycle time is when the returns still open are not forgotten, and how that differs from the tile."""
    unit = "business days"
    whole = (
        f"The tile counts closed returns by their last close. Of the {formats.count(cohort.n)} returns requested in "
        f"the period, {formats.count(cohort.closed)} are closed, {formats.count(cohort.open)} still open and "
        f"{formats.count(cohort.competing)} declined or cancelled"
    )
    without = f"; {formats.count(cohort.left_out)} more have no calendar. " if cohort.left_out else ". "
    if cohort.restricted_mean is None or cohort.horizon is None:
        return whole + without + "There is nothing to estimate."
    median = (
        "not reached: more than half are still open" if cohort.median is None else formats.plain(cohort.median, unit)
    )
    mean, horizon = formats.plain(cohort.restricted_mean, unit), formats.plain(cohort.horizon, unit)
    return (
        f"{whole}{without}Counting the open ones as lasting at least until now (Kaplan-Meier), the median is {median} "
        f"and the mean of the first {horizon} is {mean}."
    )


LEGEND = (
    "Dashed line: target. Hollow dot: the month is not over. Blue meets the target, orange misses it. "
    "A hatched tile is not reliable: under 90 % of its items have the data that the KPI needs."
)
