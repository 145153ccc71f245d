"""Read what a staggered roll-out is told from: sums around the change of each group, and those of each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pipeline.macros import Connection, render
from proof.daily import DAILY, SUMS, Row, parts_of, summed
from proof.measures import Measure
from proof.staggered import Rows

Columns = Mapping[str, NDArray[np.generic]]
RETURNS = ("returns", "")
NOTHING: Row = dict.fromkeys(SUMS, 0.0)


@dataclass(frozen=True)
class UnitChange:
    """A measure of one entity or site before its change and after it, with the items counted.

    `changed_on` is None of a unit that did not change; it is told before and after the first change anywhere.
    """

    unit: str
    changed_on: date | None
    before: float | None
    after: float | None
    n_before: int
    n_after: int


@dataclass(frozen=True)
class Around:
    """The sums around the changes of all groups, as columns with one row per KPI, part, group, week and cluster."""

    columns: Columns

    def rows(self, measure: Measure, target: int) -> Rows:
        """Return the rows of a measure around the change of one group."""
        top, bottom = parts_of(measure)
        if not measure.is_per_return:
            return self._rows([((measure.kpi, measure.part), top, bottom)], target)
        return self._rows([((measure.kpi, measure.part), top, None), (RETURNS, None, bottom)], target)

    def returns(self, target: int) -> Rows:
        """Return how many returns there are around the change of one group, as the denominator."""
        return self._rows([(RETURNS, None, "n")], target)

    @property
    def clusters(self) -> int:
        """Return how many clusters there may be."""
        return int(self.columns["cluster_no"].max(initial=0)) + 1

    def _rows(self, parts: Sequence[tuple[tuple[str, str], str | None, str | None]], target: int) -> Rows:
        """Put rows of KPIs and parts below each other, each with the columns above and below the line."""
        found = []
        for (kpi, part), top, bottom in parts:
            is_in = self._is(kpi, part) & (self.columns["target_no"] == target)
            keys = [self.columns[name][is_in].astype(np.int64) for name in ("untouched_weeks", "week_no", "cluster_no")]
            sums = [
                self.columns[name][is_in].astype(float) if name else np.zeros(is_in.sum()) for name in (top, bottom)
            ]
            found.append([*keys, *sums])
        return Rows(*(np.concatenate(column) for column in zip(*found, strict=True)))

    def _is(self, kpi: str, part: str) -> NDArray[np.bool_]:
        return np.asarray((self.columns["kpi"] == kpi) & (self.columns["part"] == part), dtype=bool)


def read_around(con: Connection, bound: Mapping[str, object]) -> Around:
    """Read the sums around the changes; `bound` has the windows, the targets and the horizon."""
    return Around(con.execute(render("proof_rollout_sums", daily=DAILY), bound).fetchnumpy())


def read_units(
    con: Connection, bound: Mapping[str, object], goals: Sequence[Measure]
) -> dict[str, tuple[UnitChange, ...]]:
    """Read how each goal fared in each unit, by the goal's name; units that changed first come first."""
    sums: dict[tuple[str, str], dict[tuple[str, str], Row]] = defaultdict(dict)
    changed: dict[str, date | None] = {}
    for kpi, part, unit, on, side, *row in con.execute(render("proof_unit_sums", daily=DAILY), bound).fetchall():
        sums[kpi, part][unit, side] = dict(zip(SUMS, row, strict=True))
        changed[unit] = on
    units = sorted(changed, key=lambda unit: (changed[unit] or date.max, unit))
    found = {
        goal.name: [_unit(goal, unit, changed[unit], sums[goal.kpi, goal.part], sums[RETURNS]) for unit in units]
        for goal in goals
    }
    return {goal: tuple(one for one in told if one.n_before + one.n_after) for goal, told in found.items()}


def _unit(
    goal: Measure,
    unit: str,
    on: date | None,
    items: Mapping[tuple[str, str], Row],
    returns: Mapping[tuple[str, str], Row],
) -> UnitChange:
    values: list[float | None] = []
    counts: list[int] = []
    for side in ("before", "after"):
        at = (unit, side)
        top, bottom, n = summed(goal, [items.get(at, NOTHING)], returns.get(at, NOTHING)["n"])
        values.append(top / bottom if bottom else None)
        counts.append(n)
    return UnitChange(unit, on, values[0], values[1], counts[0], counts[1])
