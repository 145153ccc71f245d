"""Sentences about KPIs, for tiles and for reading aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.answers import Measure
from dashboards.scorecard.comparisons import shows
from dashboards.scorecard.tiles import STATISTICS, Tile
from pipeline import formats
from pipeline.cycle_time import CohortCycleTime
from pipeline.kpi_drivers import Driver

_TYPICALLY = {"mean": "on average", "median": "in the median", "p90": "at the 90th percentile"}
_WEIGHED_BY = {
    "inventory_status_accuracy": "units",
    "supplier_recovery_rate": "cost",
    "supplier_claim_filing_rate": "lines",
    "unclaimed_supplier_value": "lines",
    "recovery_rate": "cost",
    "communication_sla_rate": "messages due",
    "value_returned": "lines",
}


def worst(tiles: Sequence[Tile]) -> list[Tile]:
    """Return the reliable tiles that miss their target, the largest miss as a share of the target first."""
    return sorted((tile for tile in tiles if tile.is_missed and tile.is_reliable), key=lambda tile: -tile.miss)


def headline(tiles: Sequence[Tile], made_of: str = "") -> str:
    """Say what matters most: the two worst misses, what the first is made of, and how many more there are."""
    judged = [tile for tile in tiles if tile.target and tile.row.value is not None and tile.is_reliable]
    if not judged:
        return "No KPI can be judged: none has both a target and reliable numbers here."
    missed = worst(tiles)
    if not missed:
        return f"All {len(judged)} targets are met." if len(judged) > 1 else "The one target is met."
    first = f"{missed[0].measure.title} is {_off_target(missed[0])}{f': {made_of}' if made_of else ''}."
    if len(missed) == 1:
        return f"{first} It is the one of {len(judged)} targets that is missed." if len(judged) > 1 else first
    return f"{first} {missed[1].measure.title} is next with {_off_target(missed[1])}{_tally(len(missed), len(judged))}."


def _tally(missed: int, judged: int) -> str:
    """Say how many more targets than two are missed, or that the others are met."""
    if missed > 2:
        return f"; {missed - 2} more of {judged} targets {'is' if missed == 3 else 'are'} missed"
    return "; the other targets are met" if judged > 2 else ""


def _off_target(tile: Tile) -> str:
    """Say a value and how far it is off its target, e.g. ``10 %, 6.2 points over its target of 4.0 %``."""
    value, target = tile.row.value or 0.0, tile.target.target if tile.target else 0.0
    goal = formats.quantity(target, tile.measure.unit, tile.currency)[0]
    gap = formats.distance(value, target, tile.measure.unit, tile.currency)
    side = "over" if value > target else "under"
    statistic = f" {_TYPICALLY[tile.measure.statistic]}" if tile.measure.statistic in _TYPICALLY else ""
    gap = f"{gap} {side}" if shows(gap) else f"just {side}"
    return f"{formats.plain(value, tile.measure.unit, tile.currency)}{statistic}, {gap} its target of {goal}"


def made_of(tile: Tile, found: Driver | None, names: Mapping[str, str]) -> str:
    """Say what a missed value is made of, empty when nothing stands out.

    Examples: ``35 % of it falls on the reason quality complaint, which has 14 % of the returns``,
    ``50 % of that time is spent from disposition to credit, and site 102 has 61 % of this with 30 % of the returns``.
    """
    if found is None:
        return ""
    group = found.group
    weighed = _WEIGHED_BY.get(tile.measure.kpi, "returns")
    if found.segment is not None:
        spent = f"{formats.share(found.segment_share)} of that time is spent from {_lower_first(found.segment)}"
        if group is None:
            return spent
        of_what = "this" if found.is_of_segment else "the whole"
        part = f"{formats.share(group.share)} of {of_what} with {formats.share(group.base)} of the {weighed}"
        return f"{spent}, and {group_name(group.slice, group.group, names)} has {part}"
    if group is None:
        return ""
    burden = "what is missing" if tile.target and tile.target.better == "higher" else "it"
    return (
        f"{formats.share(group.share)} of {burden} falls on {group_name(group.slice, group.group, names)}, which has "
        f"{formats.share(group.base)} of the {weighed}"
    )


def group_name(slice_name: str, group: str, names: Mapping[str, str]) -> str:
    """Name a group of a slice in running text: ``site 102``, ``the reason wrong item``, an entity by its name."""
    if slice_name == "entity":
        return names.get(group, group)
    if slice_name == "part":
        return f"the {group.replace('_', ' ')}"
    if slice_name in ("reason", "channel"):
        return f"the {slice_name} {group.replace('_', ' ').lower()}"
    return f"{'the category' if slice_name == 'category' else slice_name} {group}"


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


KPIS_ARE_IN_BUSINESS_TIME = "KPIs count business days by their definition, whichever clock is chosen above."
LEGEND = (
    "Dashed line: target. Hollow dot: the month is not over. Blue meets the target, orange misses it. "
    f"A hatched tile is not reliable: under 90{formats.SPACE}% of its items have the data that the KPI needs."
)


def since_baseline(name: str) -> str:
    """Say what a change since a baseline is from."""
    return (
        f"Since {name}: from what was frozen under that name, the newest baseline of these returns. Whether a change "
        "is more than chance, and like for like, is for the page Compare to say."
    )
