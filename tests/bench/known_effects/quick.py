"""The statistics of a comparison on arrays alone: the same sums, draws, errors and verdicts, without the database.

Thousands of worlds can be compared so. Following, sums and windows are those of `macros/proof/followed.sql`; a test
holds both ways against one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from proof.effects import Effect, ratio_effect
from proof.followed import Followed
from proof.measures import Measure
from proof.question import Question
from proof.resample import draw
from proof.sums import Sums
from proof.verdicts import verdicts
from tests.bench.known_effects.measured import Outcome, Said
from tests.bench.known_effects.naive import naive_of
from tests.bench.known_effects.worlds import Tables, World

Whole = NDArray[np.int64]
NANOSECONDS = 86_400e9
MEASURES = tuple(
    Measure(f"{kpi}{'.mean' if statistic == 'mean' else ''}", kpi, "", statistic, kpi, unit, role, "lower", "close")
    for kpi, statistic, unit, role in (
        ("cycle_time_days", "mean", "business days", "flow"),
        ("credit_lag_days", "mean", "business days", "flow"),
        ("rework_rate", "ratio", "share", "guardrail"),
    )
)


@dataclass(frozen=True)
class _Ground:
    """The returns of a world: their side (-1: in neither), cluster and week, by the row of the cases; the follow-up."""

    side: Whole
    cluster: Whole
    week: Whole
    horizon: int
    is_ripe: bool


def measure_quickly(world: World) -> Outcome:
    """Compare one world and its twin on cycle time, credit lag and rework."""
    question = world.question
    ground = _ground(world.tables, question)
    draws = draw(int(ground.cluster.max()) + 1, question.digest)
    sums = {one.name: _sums(world.tables, ground, one) for one in MEASURES}
    effects = [ratio_effect(one, sums[one.name], draws) for one in MEASURES]
    ripe = ground.horizon if ground.is_ripe else ground.horizon + 1
    words = verdicts(effects, {}, Followed(ground.horizon, ripe, ground.horizon, None, None, ()))
    truth = _truth(world, effects)
    said = {
        one.measure.name: Said(
            one.change.value, one.change.interval, one.change.p_value, truth[one.measure.name], word.word
        )
        for one, word in zip(effects, words, strict=True)
        if one.change
    }
    plainly = {
        one.name: Said(found.change, found.interval, found.p_value, truth[one.name])
        for one in MEASURES
        if (
            found := naive_of(
                *(_closed(world.tables, one, side.start, side.end) for side in (question.before, question.after))
            )
        )
    }
    called = tuple(word.word for word in words if word.word in ("improved", "worsened"))
    return Outcome(world.seed, said, said, plainly, {}, called, ())


def _ground(tables: Tables, question: Question) -> _Ground:
    cases = tables.cases
    day = cases.requested_at.to_numpy().astype("datetime64[D]")
    windows = ((question.before.start, question.before.end), (question.after.start, question.after.end))
    side = np.full(len(cases), -1)
    for place, (start, end) in enumerate(windows):
        side[(day >= np.datetime64(start)) & (day < np.datetime64(end))] = place
    ended = tables.segments.groupby("case_id")["ended_at"].max().reindex(cases.case_id).to_numpy()
    lasted = (ended - cases.requested_at.to_numpy()).astype(float) / NANOSECONDS
    is_done = (side == 0) & ~cases.is_open.to_numpy(dtype=bool)
    ripe, settled = (ceil(np.quantile(lasted[is_done], share)) for share in (0.95, 0.99))
    available = (tables.as_of.date() - question.after.end).days
    horizon = min(available, settled)
    in_flight = (side == 0) & (day + np.timedelta64(horizon, "D") > np.datetime64(question.cut_over))
    week = np.floor((day - np.datetime64(question.before.start)).astype(int) / 7).astype(np.int64)
    cluster = np.unique(cases.customer_id.to_numpy(), return_inverse=True)[1]
    return _Ground(np.where(in_flight, -1, side), cluster, week, horizon, available >= ripe)


def _sums(tables: Tables, ground: _Ground, measure: Measure) -> Sums:
    items = tables.items[tables.items.kpi == measure.kpi]
    row = pd.Index(tables.cases.case_id).get_indexer(items.case_id)
    after = (items.anchor_at.to_numpy() - tables.cases.requested_at.to_numpy()[row]).astype(float) / NANOSECONDS
    kept = (ground.side[row] >= 0) & (after < ground.horizon)
    value = items["value" if measure.statistic == "mean" else "numerator"].to_numpy(dtype=float)[kept]
    side, ones = ground.side[row][kept], np.ones(int(kept.sum()))
    n = np.bincount(side, minlength=2)
    counts = np.stack([n, np.zeros(2), np.zeros(2)], axis=1).astype(np.int64)
    return Sums(side, ground.cluster[row][kept], ground.week[row][kept], value, ones, counts)


def _truth(world: World, effects: list[Effect]) -> dict[str, float]:
    if world.twin is world.tables:
        return {one.name: 0.0 for one in MEASURES}
    own = _ground(world.twin, world.question)
    after = [_value(_sums(world.twin, own, one)) for one in MEASURES]
    return {one.measure.name: (one.after.value or 0.0) - twin for one, twin in zip(effects, after, strict=True)}


def _value(sums: Sums) -> float:
    numerator, denominator = sums.whole()[1]
    return float(numerator / denominator)


def _closed(tables: Tables, measure: Measure, start: date, end: date) -> NDArray[np.float64]:
    items = tables.items[(tables.items.kpi == measure.kpi)]
    within = (items.anchor_at >= pd.Timestamp(start)) & (items.anchor_at < pd.Timestamp(end))
    return items["value" if measure.statistic == "mean" else "numerator"].to_numpy(dtype=float)[within.to_numpy()]
