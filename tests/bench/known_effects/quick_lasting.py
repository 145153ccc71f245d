"""How long returns stay under way, from arrays: restricted mean and share closed by a day, open returns included."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from proof.effects import spread_of
from proof.leaving import COHORTS, FATES, MOST_BINS, Leaving, drawn
from proof.resample import Draws, Estimate
from proof.side_by_side import SideBySide
from tests.bench.known_effects.ground import Ground, ground, sums_by
from tests.bench.known_effects.worlds import Tables, World

MEAN, CLOSED_BY, DAY = "days under way (restricted mean)", "closed by day 15", 15


def lasting(world: World, of: Ground, draws: Draws) -> dict[str, tuple[Estimate, float | None]]:
    """Return what the curves say of both sides, each with the truth where it is known."""
    sides, days = _side_by_side(world.tables, world, of, draws)
    rows = np.flatnonzero(of.side >= 0)
    closed = (_fates(world.tables)[rows] == 0) & (days[rows] <= DAY)
    spreads = [spread_of(sums_by(of, of.week, rows, part), draws) for part in (days[rows], closed.astype(float))]
    by_day = sides.closed_by(DAY, spreads[1])
    found = {MEAN: sides.mean_change(spreads[0]), CLOSED_BY: by_day.change}
    truth = dict.fromkeys(found, 0.0) if world.twin is world.tables else _truth(world, of, sides, draws)
    return {name: (one, truth.get(name)) for name, one in found.items() if one}


def _truth(world: World, of: Ground, sides: SideBySide, draws: Draws) -> dict[str, float]:
    if world.twin is None:
        return {}
    twin, _ = _side_by_side(world.twin, world, ground(world.twin, world.question), draws)
    mean = float(sides.moments.mean_between()[1] - twin.moments.mean_between()[1])
    shares = [
        float(one.closed[0][1, np.searchsorted(one.moments.days, DAY, side="right") - 1]) for one in (sides, twin)
    ]
    return {MEAN: mean, CLOSED_BY: shares[0] - shares[1]}


def _fates(tables: Tables) -> NDArray[np.int64]:
    """Return the place of each return's fate in `FATES`; of an open one the number of them."""
    cases = tables.cases
    is_ended = [cases[f"is_{fate}"].to_numpy(dtype=bool) for fate in FATES]
    return np.select(is_ended, [0, 1, 2], len(FATES)).astype(np.int64)


def _side_by_side(tables: Tables, world: World, of: Ground, draws: Draws) -> tuple[SideBySide, NDArray[np.float64]]:
    cut = np.where(of.changed_on < np.datetime64("2100-01-01"), of.changed_on, np.datetime64(world.question.cut_over))
    untreated = np.where(of.side == 0, (cut - of.day).astype(int), of.horizon)
    reach = np.minimum(untreated, of.horizon)
    fate = np.where(of.lasted > reach, len(FATES), _fates(tables))
    days = np.clip(of.lasted, 0, reach)
    rows = np.flatnonzero(of.side >= 0)
    moments = np.union1d(days[rows], [0.0, DAY, float(of.horizon)])
    bins = np.union1d(np.ceil(np.linspace(0, of.horizon, min(of.horizon, MOST_BINS) + 1)[1:]), [DAY]).astype(float)
    exact = np.zeros((len(COHORTS), moments.size, len(FATES) + 1))
    np.add.at(exact, (of.side[rows], np.searchsorted(moments, days[rows]), fate[rows]), 1.0)
    counts = np.zeros((draws.clusters, len(COHORTS), bins.size, len(FATES) + 1))
    places = of.cluster[rows], of.side[rows], np.searchsorted(bins, np.ceil(days[rows])), fate[rows]
    np.add.at(counts, places, 1.0)
    by_cluster = Leaving(bins, counts[..., :-1], counts[..., -1])
    clusters = (counts.sum(axis=(-1, -2)) > 0).sum(axis=0)
    whole = Leaving(moments, exact[..., :-1], exact[..., -1])
    return SideBySide(whole, drawn(by_cluster, draws), clusters), days
