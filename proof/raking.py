"""Weigh the returns of after so that they have the make-up of before, one attribute at a time until all fit.

Source: W. E. Deming and F. F. Stephan, On a Least Squares Adjustment of a Sampled Frequency Table When the Expected
Marginal Totals Are Known, Annals of Mathematical Statistics 11 (1940). Where a level has nothing on one of the sides
there is no like to compare with, and it is left out of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
ROUNDS = 10


@dataclass(frozen=True)
class Weights:
    """By how much each cell counts, draws x cells: of `before` what has its like in after, `after` as before has it.

    `common` is the share (0..1) of before that has its like in after, not a number where before has nothing.
    """

    before: Floats
    after: Floats
    common: Floats

    def change(self, sums: Floats, mass: Floats) -> Floats:
        """Return after less before of `sums` over `mass`, both draws x cells x sides, on what the sides share."""
        before, after = (
            _quotient((sums[..., side] * weight).sum(axis=1), (mass[..., side] * weight).sum(axis=1))
            for side, weight in enumerate((self.before, self.after))
        )
        return after - before


def weigh(mass: Floats, levels: Whole) -> Weights:
    """Make the sides alike; `mass` is draws x cells x sides, `levels` cells x attributes.

    The make-up is that of the denominators: items of a mean or share, money of a rate of money.
    """
    markers = [np.eye(int(column.max(initial=0)) + 1)[column] for column in levels.T]
    mass_before, mass_after = mass[..., 0], mass[..., 1]
    weights = shared = _shared(mass_before, mass_after, markers)
    targets = [_shares((mass_before * shared) @ marker) for marker in markers]
    for _ in range(ROUNDS):
        for marker, target in zip(markers, targets, strict=True):
            found = _shares((mass_after * weights) @ marker)
            with np.errstate(divide="ignore", invalid="ignore"):
                weights = weights * (np.where(found > 0, target / found, 0.0) @ marker.T)
    return Weights(shared, weights, _quotient((mass_before * shared).sum(axis=1), mass_before.sum(axis=1)))


def _shared(before: Floats, after: Floats, markers: Sequence[Floats]) -> Floats:
    """Return 1 for the cells whose every level has something on both sides, else 0: draws x cells."""
    shared, earlier = np.ones(before.shape), np.zeros(before.shape)
    while (shared != earlier).any():  # leaving a level out may empty another
        earlier = shared
        for marker in markers:
            both = ((before * shared) @ marker > 0) & ((after * shared) @ marker > 0)
            shared = shared * (both @ marker.T)
    return shared


def _shares(mass: Floats) -> Floats:
    return _quotient(mass, mass.sum(axis=1, keepdims=True))


def _quotient(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)
