"""Differences in differences from arrays: the same rows as `macros/proof/rollout.sql` sums, the same estimator."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from proof.difference import difference
from proof.resample import Draws, Estimate
from proof.staggered import Rows
from tests.bench.known_effects.ground import MEASURES, NEVER, Ground, ground, kept_items
from tests.bench.known_effects.worlds import World

Whole = NDArray[np.int64]
LONG = 100_000


def rolled_out(world: World, of: Ground, draws: Draws) -> dict[str, tuple[Estimate, float | None]]:
    """Return the effect of the roll-out on each measure beside the truth, which is that on what is treated."""
    question = world.question
    targets = sorted({step.on for step in question.rollout if question.before.start < step.on < question.after.end})
    found = {}
    for measure in MEASURES[:2]:
        row, value = kept_items(world.tables, of, measure)
        groups = [(on, _rows(world, of, on, row, value)) for on in targets]
        told = difference(measure, groups, 4, draws, ())
        if told.overall is not None:
            found[measure.name] = (told.overall, _truth(world, of, measure.name))
    return found


def _rows(world: World, of: Ground, on: date, row: Whole, value: NDArray[np.float64]) -> Rows:
    start, after_start, end = (
        np.datetime64(one)
        for one in (world.question.before.start, world.question.after.start, world.question.after.end)
    )
    target, horizon = np.datetime64(on), np.timedelta64(of.horizon, "D")
    day, changed = of.day[row], of.changed_on[row]
    week = np.floor((day - target).astype(int) / 7).astype(np.int64)
    later = np.maximum(0, np.floor((changed - horizon - target).astype(int) / 7).astype(np.int64))
    untouched = np.where(changed == target, -1, np.where(changed == NEVER, LONG, later))
    is_in = (day >= start) & (day < end) & ((day + horizon <= target) | (day >= max(target, after_start)))
    is_in &= (changed >= target) & ((untouched == -1) | (np.maximum(week, 0) < untouched))
    kept = np.flatnonzero(is_in)
    return Rows(untouched[kept], week[kept], of.cluster[row][kept], value[kept], np.ones(kept.size))


def _truth(world: World, of: Ground, name: str) -> float | None:
    """Return the mean difference to the twin over the returns that started after the change of their unit."""
    if world.twin is None:
        return None
    measure = next(one for one in MEASURES if one.name == name)
    means = []
    for tables, own in ((world.tables, of), (world.twin, ground(world.twin, world.question))):
        row, value = kept_items(tables, own, measure)
        first = np.maximum(own.changed_on[row], np.datetime64(world.question.after.start))
        treated = (own.day[row] >= first) & (own.day[row] < np.datetime64(world.question.after.end))
        means.append(float(pd.Series(value[treated]).mean()))
    return means[0] - means[1]
