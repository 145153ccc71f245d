"""The change of each segment with the make-up of before on both sides: other returns move no segment of it.

The weights are those that make the cycle time like for like (see `proof.raking`), the same for every segment, so the
changes like for like add up to that of the cycle time, as the plain ones add up to its plain change.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pipeline.macros import render
from proof.effects import spread_of
from proof.laid import Laid
from proof.mix import MOST_DRAWS, levels
from proof.raking import weigh
from proof.ratio_change import fewest_clusters
from proof.resample import Draws, Estimate, drawn_error, estimate
from proof.segment_sums import PLACES, WHOLE
from proof.sums import SIDES, Sums

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
_AT_ONCE = 50


def changes_alike(laid: Laid, weekly: Mapping[int, Sums]) -> dict[int, Estimate]:
    """Return the change of the business days in each segment per closed return, like for like, by its position.

    `weekly` has the sums of each position by week, the whole way among them; they say what the weeks leave in doubt.
    """
    columns = laid.connection.execute(render("proof_places_cells", places=PLACES)).fetchnumpy()
    if not len(columns["position"]):
        return {}
    _, codes = levels(laid)
    used, cell = np.unique(columns["cell_no"].astype(np.int64), return_inverse=True)
    positions, position = np.unique(columns["position"].astype(np.int64), return_inverse=True)
    shape = (laid.draws.clusters, used.size, 2, positions.size)
    side = (columns["side"] == SIDES[1]).astype(np.int64)
    places = np.ravel_multi_index((columns["cluster_no"].astype(np.int64), cell, side, position), shape)
    days, returns = (_laid_out(places, columns[name], shape) for name in ("days", "n"))
    closed = returns[..., int(np.searchsorted(positions, WHOLE))]
    found = segment_changes(days, closed, codes[used], laid.draws)
    told = zip(positions.tolist(), *found, strict=True)
    estimates = {at: _estimated(value, drawn, weekly[at], laid.draws) for at, value, drawn in told if at in weekly}
    return {at: one for at, one in estimates.items() if one}


def segment_changes(days: Floats, returns: Floats, codes: Whole, draws: Draws) -> tuple[Floats, Floats]:
    """Return the changes like for like of every segment, and segments x draws of the same.

    `days` is clusters x cells x sides x segments, `returns` clusters x cells x sides, `codes` cells x attributes.
    """
    weights = draws.weights[:MOST_DRAWS]
    batches = [weights[at : at + _AT_ONCE] for at in range(0, len(weights), _AT_ONCE)]
    drawn = [_changes(_summed(some, days), _summed(some, returns), codes) for some in batches]
    everything = np.ones((1, len(days)))
    value = _changes(_summed(everything, days), _summed(everything, returns), codes)[:, 0]
    return value, np.concatenate(drawn, axis=1)


def _laid_out(places: Whole, values: NDArray[np.generic], shape: tuple[int, ...]) -> Floats:
    found: Floats = np.bincount(places, values.astype(float), int(np.prod(shape))).astype(float)
    return found.reshape(shape)


def _summed(weights: Floats, part: Floats) -> Floats:
    found: Floats = weights @ part.reshape(len(part), -1)
    return found.reshape(-1, *part.shape[1:])


def _changes(days: Floats, returns: Floats, codes: Whole) -> Floats:
    alike = weigh(returns, codes)
    return np.stack([alike.change(days[..., at], returns) for at in range(days.shape[-1])])


def _estimated(value: float, drawn: Floats, weekly: Sums, draws: Draws) -> Estimate | None:
    error = drawn_error(drawn, fewest_clusters(weekly))
    if error is None or not np.isfinite(value):
        return None
    spread = spread_of(weekly, draws)
    return estimate(float(value), error * spread.factor, spread.freedom)
