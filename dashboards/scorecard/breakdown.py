"""Where a KPI differs: its groups by a slice, the worst first, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

from dashboards import frame
from dashboards.answers import Measure
from dashboards.charts.breakdown import Group, breakdown_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.choices import choose
from dashboards.published import Build
from dashboards.queries import kpis, reference
from dashboards.same_numbers import show_numbers
from dashboards.scope import Scope
from dashboards.scorecard.tiles import Tile, is_reliable, target_for
from dashboards.show_chart import show_chart
from pipeline import formats
from pipeline.kpi_breakdown import LEAST_ITEMS, SLICES, KpiGroup

MOST_GROUPS = 20


def show_breakdown(tile: Tile, build: Build, scope: Scope) -> None:
    """Show the groups of a slice that the reader chooses, and the same as a table."""
    frame.section("Where does it differ?")
    by = choose("By", "kpi-by", SLICES)
    found = worst_first(kpis.breakdown(build, scope, tile.measure, by), tile)
    if not found:
        frame.caption("Nothing to break down in this selection.")
        return
    names = reference.entity_names(build) if by == "entity" else {}
    groups = [
        _drawn(one, name_of(one, names), _target_of(tile.measure, one.row.group, by, build, scope), tile)
        for one in found[:MOST_GROUPS]
    ]
    figure = breakdown_figure(groups, axis_of(tile.measure, tile.currency), frame.theme())
    show_chart(figure, config=toolbar(f"{tile.measure.kpi}-by-{by}"), key="kpi-breakdown")
    frame.caption(caption(found, tile))
    table = partial(breakdown_frame, found, by, names)
    show_numbers(table, lambda: table().to_csv(index=False), f"{tile.measure.kpi}-by-{by}")


def worst_first(groups: Sequence[KpiGroup], tile: Tile) -> list[KpiGroup]:
    """Return the groups with items, the worst value first; without a target the highest. The small ones stay last."""
    sign = 1 if tile.target and tile.target.better == "higher" else -1
    shown = [one for one in groups if one.row.n or (one.row.group is not None and one.row.left_out)]
    return sorted(
        shown, key=lambda one: (one.row.group is None, one.row.value is None, sign * (one.row.value or 0.0), -one.row.n)
    )


def name_of(one: KpiGroup, names: Mapping[str, str]) -> str:
    """Return the name of a group, e.g. ``others (3 groups)`` for the small ones."""
    if one.row.group is None:
        return f"others ({one.groups} group{'' if one.groups == 1 else 's'})"
    return names.get(one.row.group, one.row.group)


def caption(found: Sequence[KpiGroup], tile: Tile) -> str:
    """Say in what order the groups stand, what the strokes mean, and what is hidden."""
    order = "Worst first" if tile.target else "Highest first"
    hidden = len(found) - MOST_GROUPS
    parts = [
        f"The first {MOST_GROUPS} of {len(found)}, {hidden} are in the table only. {order}" if hidden > 0 else order,
        "; thin lines are 95 % intervals" if any(one.interval for one in found) else "",
        "; dotted strokes are targets" if tile.target else "",
        ", hatched bars are not reliable" if any(not is_reliable(one.row) for one in found) else "",
    ]
    small = f" Groups with fewer than {LEAST_ITEMS} items are told together." if found[-1].row.group is None else ""
    return f"{''.join(parts)}.{small}"


def axis_of(measure: Measure, currency: str) -> Axis:
    """Return the axis of a measure, with its unit."""
    if measure.unit == "share":
        return Axis(measure.title, ".0%")
    return Axis(f"{measure.title} ({currency or measure.unit if measure.unit == 'money' else measure.unit})", ",~r")


def breakdown_frame(found: Sequence[KpiGroup], by: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the groups as a table, numbers in full."""
    return pd.DataFrame(
        {
            by.capitalize(): [name_of(one, names) for one in found],
            "Value": [one.row.value for one in found],
            "Low (95 %)": [one.interval[0] if one.interval else None for one in found],
            "High (95 %)": [one.interval[1] if one.interval else None for one in found],
            "n": [one.row.n for one in found],
            "Numerator": [one.row.numerator for one in found],
            "Denominator": [one.row.denominator for one in found],
            "Left out": [one.row.left_out for one in found],
        }
    ).dropna(axis="columns", how="all")


def _drawn(one: KpiGroup, name: str, target: float | None, tile: Tile) -> Group:
    value = formats.quantity(one.row.value, tile.measure.unit, tile.currency)[0]
    return Group(
        name, one.row.value, target, one.interval, value, f"n {formats.count(one.row.n)}", is_reliable(one.row)
    )


def _target_of(measure: Measure, group: str | None, by: str, build: Build, scope: Scope) -> float | None:
    """Return the target of a group: an entity may have its own, other groups have that of the scope."""
    entities = (group,) if by == "entity" and group else scope.entities
    target = target_for(measure.measure, entities, reference.targets(build))
    return target.target if target else None
