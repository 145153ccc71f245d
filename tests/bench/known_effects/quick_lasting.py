"""How long returns stay under way, from arrays: restricted mean and share closed by a day, open returns included."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from proof import curves
from proof.effects import spread_of
from proof.leaving import FATES, Departures, Leaving
from proof.leaving_alike import leaving_alike
from proof.resample import Draws, Estimate
from proof.side_by_side import CLOSED, SideBySide
from tests.bench.known_effects.ground import Ground, ground, sums_by
from tests.bench.known_effects.worlds import Tables, World

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
MEAN, CLOSED_BY, DAY = "days under way (restricted mean)", "closed by day 15", 15


def lasting(world: World, of: Ground, draws: Draws) -> dict[str, tuple[Estimate, float | None]]:
    """Return what the curves say of both sides like for like, each with the truth where it is known."""
    rows, days, fate = _leaving(world.tables, world, of)
    departures, codes = _departures(of, rows, days, fate)
    weighed = leaving_alike(departures, departures.by_day(of.horizon, (DAY,)), codes, draws)
    clusters = (departures.by_cluster(draws.clusters).returns > 0).sum(axis=0)
    sides = SideBySide(weighed.moments, weighed.drawn, clusters)
    closed = (fate == CLOSED) & (days <= DAY)
    spreads = [spread_of(sums_by(of, of.week, rows, part), draws) for part in (days, closed.astype(float))]
    found = {MEAN: sides.mean_change(spreads[0]), CLOSED_BY: sides.closed_change(DAY, spreads[1])}
    truth = _truth(world, of, weighed.moments, draws)
    return {name: (one, truth.get(name)) for name, one in found.items() if one}


def _truth(world: World, of: Ground, moments: Leaving, draws: Draws) -> dict[str, float]:
    """Return by how much after differs from that of the twin, followed for the same time with the make-up of before."""
    if world.twin is None:
        return {}
    own = replace(ground(world.twin, world.question), horizon=of.horizon)
    departures, codes = _departures(own, *_leaving(world.twin, world, own))
    twin = leaving_alike(departures, departures.by_day(of.horizon, (DAY,)), codes, draws).moments
    means, shares = zip(*(_of_after(one, of.horizon) for one in (moments, twin)), strict=True)
    return {MEAN: means[0] - means[1], CLOSED_BY: shares[0] - shares[1]}


def _of_after(moments: Leaving, horizon: int) -> tuple[float, float]:
    """Return the restricted mean of after, and the share closed by the day."""
    after = moments.of(1)
    mean = curves.restricted_mean(after.days, curves.under_way(after.ends, after.censored), horizon)
    place = int(np.searchsorted(after.days, DAY, side="right")) - 1
    return float(mean), float(curves.incidence(after.ends, after.censored)[place, CLOSED])


def _leaving(tables: Tables, world: World, of: Ground) -> tuple[Whole, Floats, Whole]:
    """Return the compared rows of the cases, for how many days each was followed under way, and how it ended."""
    cut = np.where(of.changed_on < np.datetime64("2100-01-01"), of.changed_on, np.datetime64(world.question.cut_over))
    untreated = np.where(of.side == 0, (cut - of.day).astype(int), of.horizon)
    reach = np.minimum(untreated, of.horizon)
    is_ended = [tables.cases[f"is_{fate}"].to_numpy(dtype=bool) for fate in FATES]
    fate = np.select([of.lasted > reach, *is_ended], [len(FATES), *range(len(FATES))], len(FATES))
    rows = np.flatnonzero(of.side >= 0)
    return rows, np.clip(of.lasted, 0, reach)[rows], fate.astype(np.int64)[rows]


def _departures(of: Ground, rows: Whole, days: Floats, fate: Whole) -> tuple[Departures, Whole]:
    """Lay out what leaves, with the levels of the cells."""
    codes, cell = np.unique(of.codes, axis=0, return_inverse=True)
    moments = np.union1d(days, [0.0, DAY, float(of.horizon)])
    places = np.searchsorted(moments, days)
    cells = cell.ravel()[rows]
    return Departures(moments, of.cluster[rows], cells, of.side[rows], places, fate, np.ones(rows.size)), codes
