"""What a KPI tile says: value, how it compares, trend, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.answers import FrozenFigures, LeftOut, Measure, Target
from dashboards.scorecard.comparisons import (
    Comparison,
    TrendPoint,
    is_met,
    over_months,
    to_baseline,
    to_before,
    to_target,
)
from pipeline import formats
from pipeline.kpis import KpiRow

RELIABLE_COVERAGE = 0.9
HEADLINE = (
    "cycle_time_days",
    "credit_lag_days",
    "rework_rate",
    "straight_through_rate",
    "exception_rate",
    "inventory_status_accuracy",
    "supplier_recovery_rate",
    "communication_sla_rate",
)
ANY_ENTITY = "*"
STATISTICS = {"mean": "mean", "median": "median", "p90": "90th percentile"}


@dataclass(frozen=True)
class Tile:
    """Everything a tile shows of a KPI through its leading measure; numbers in the measure's unit."""

    measure: Measure
    row: KpiRow
    currency: str
    target: Target | None
    comparisons: tuple[Comparison, ...]
    trend: tuple[TrendPoint, ...]
    left_outs: tuple[LeftOut, ...]

    @property
    def value(self) -> tuple[str, str]:
        """The value as (figure, unit word)."""
        return formats.quantity(self.row.value, self.measure.unit, self.currency)

    @property
    def is_reliable(self) -> bool:
        """Whether at least 90 % of the items have the data that the KPI needs."""
        return is_reliable(self.row)

    @property
    def is_missed(self) -> bool:
        """Whether there is a target and the value is on its wrong side."""
        return self.target is not None and self.row.value is not None and not is_met(self.row.value, self.target)

    @property
    def miss(self) -> float:
        """How far the value is off a missed target, as a share of the target; 0 when it is met or has none."""
        if self.target is None or self.row.value is None or not self.is_missed:
            return 0.0
        gap = abs(self.row.value - self.target.target)
        return gap / abs(self.target.target) if self.target.target else float("inf")


def is_reliable(row: KpiRow) -> bool:
    """Whether a row's coverage is at least 90 %, or there is nothing to cover."""
    return row.coverage is None or row.coverage >= RELIABLE_COVERAGE


def target_for(measure: str, entities: tuple[str, ...] | None, targets: Iterable[Target]) -> Target | None:
    """Return the target of a measure: the entity's own when exactly one is chosen and has one, else that of all."""
    mine = {target.entity_id: target for target in targets if target.measure == measure}
    if entities is not None and len(entities) == 1 and entities[0] in mine:
        return mine[entities[0]]
    return mine.get(ANY_ENTITY)


def leading_measures(measures: Sequence[Measure], targets: Iterable[Target]) -> list[Measure]:
    """Return for each KPI the measure its tile shows: the one with a target, else the median, else the whole."""
    wanted = {target.measure for target in targets}
    leading: dict[str, Measure] = {}
    for measure in measures:
        if measure.part is None:
            best = leading.get(measure.kpi)
            if best is None or _priority(measure, wanted) > _priority(best, wanted):
                leading[measure.kpi] = measure
    return list(leading.values())


def _priority(measure: Measure, wanted: set[str]) -> tuple[bool, bool]:
    return measure.measure in wanted, measure.statistic == "median"


def trend_of(
    measure: Measure, months: Sequence[str], rows: Iterable[KpiRow], partial: str | None
) -> tuple[TrendPoint, ...]:
    """Return a measure month by month; no points when none of its items has a date.

    A month without items has no value, but a count or sum of nothing is 0.
    """
    found = {row.group: row for row in rows if row.kpi == measure.measure}
    if not any(month in found for month in months):
        return ()
    nothing = 0.0 if measure.statistic in ("count", "sum") else None
    return tuple(
        TrendPoint(month, found[month].value, found[month].n, month == partial)
        if month in found
        else TrendPoint(month, nothing, 0, month == partial)
        for month in months
    )


def left_outs_of(measure: Measure, left_outs: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return what a measure leaves out; the whole of a KPI leaves out what its parts do."""
    merged: dict[tuple[str, bool], int] = {}
    for item in left_outs:
        if item.kpi == measure.kpi and (measure.part is None or item.part == measure.part):
            key = (item.reason, item.is_lacking)
            merged[key] = merged.get(key, 0) + item.items
    return tuple(LeftOut(measure.kpi, measure.part, *key, items) for key, items in merged.items())


@dataclass(frozen=True)
class Numbers:
    """All that tiles are made of: KPI rows of the scope, of the period before and by month, what is left out.

    `frozen` is the baseline of the same returns, None for none.
    """

    rows: Sequence[KpiRow]
    before: Sequence[KpiRow]
    by_month: Sequence[KpiRow]
    months: Sequence[str]
    partial_month: str | None
    left_outs: Sequence[LeftOut]
    targets: Sequence[Target]
    entities: tuple[str, ...] | None
    currency: str
    frozen: FrozenFigures | None = None


def make_tiles(leading: Iterable[Measure], numbers: Numbers) -> list[Tile]:
    """Make a tile for each measure."""
    rows = {row.kpi: row for row in numbers.rows}
    before = {row.kpi: row for row in numbers.before}
    return [_tile(measure, rows[measure.measure], before, numbers) for measure in leading if measure.measure in rows]


def _tile(measure: Measure, row: KpiRow, before: Mapping[str, KpiRow], numbers: Numbers) -> Tile:
    target = target_for(measure.measure, numbers.entities, numbers.targets)
    trend = trend_of(measure, numbers.months, numbers.by_month, numbers.partial_month)
    earlier = before.get(measure.measure) if measure.anchor != "None" else None
    if before:
        change = to_before(
            row.value, earlier.value if earlier and earlier.n else None, target, measure, numbers.currency
        )
    else:
        change = over_months(trend, target, measure, numbers.currency)
    since = to_baseline(row.value, numbers.frozen, target, measure, numbers.currency)
    goal = to_target(row.value, target, measure, numbers.currency)
    return Tile(
        measure,
        row,
        numbers.currency,
        target,
        tuple(one for one in (change, since, goal) if one),
        trend,
        left_outs_of(measure, numbers.left_outs),
    )
