"""Which segments changed, from arrays: the same changes like for like as `proof.segments_alike` tells."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mining.causes.intervals import corrected
from proof.effects import spread_of
from proof.ratio_change import fewest_clusters
from proof.resample import Draws, drawn_error, estimate
from proof.segments_alike import segment_changes
from proof.tested import FALSE_DISCOVERIES
from tests.bench.known_effects.drawn import SEGMENTS
from tests.bench.known_effects.ground import MEASURES, Ground, kept_items, sums_by
from tests.bench.known_effects.worlds import Tables


def segments(tables: Tables, of: Ground, draws: Draws) -> tuple[str, ...]:
    """Return the segments that changed beyond chance, the largest change first."""
    row, _ = kept_items(tables, of, MEASURES[0])
    days = np.zeros((len(tables.cases), len(SEGMENTS)))
    case = pd.Index(tables.cases.case_id).get_indexer(pd.Index(tables.segments.case_id))
    day_micros = tables.cases.standard_day_seconds.to_numpy(dtype=float)[case] * 1e6
    np.add.at(
        days, (case, tables.segments.position.to_numpy(dtype=int) - 1), tables.segments.business_micros / day_micros
    )
    row = row[of.side[row] >= 0]
    levels, cell = np.unique(of.codes[row], axis=0, return_inverse=True)
    shape = (draws.clusters, len(levels), 2)
    places = (of.cluster[row], cell.ravel(), of.side[row])
    summed, closed = np.zeros((*shape, len(SEGMENTS))), np.zeros(shape)
    np.add.at(summed, places, days[row])
    np.add.at(closed, places, 1.0)
    values, drawn = segment_changes(summed, closed, levels, draws)
    found = []
    for at in range(len(SEGMENTS)):
        weekly = sums_by(of, of.week, row, days[row, at])
        error, spread = drawn_error(drawn[at], fewest_clusters(weekly)), spread_of(weekly, draws)
        found.append(None if error is None else estimate(float(values[at]), error * spread.factor, spread.freedom))
    told = [(one, name) for one, name in zip(found, SEGMENTS, strict=True) if one]
    q_values = corrected([one.p_value for one, _ in told], any_dependence=False)
    beyond = [(-abs(one.value), name) for (one, name), q in zip(told, q_values, strict=True) if q <= FALSE_DISCOVERIES]
    return tuple(name for _, name in sorted(beyond))
