"""The compared returns by cluster and week, and what chance leaves in doubt of shares of them.

The error is that of resampling without drawing: each cluster's pull on the difference, linearised. The weeks widen it
by the autocorrelation of their pulls and, for what would be called a change without them, by all that `proof.resample`
knows of weeks. Where fewer than `FEWEST` returns of a side have a thing, or lack it, this is too coarse: the p-value is
Fisher's exact one and the interval Newcombe's, both of the numbers that count once the likeness of returns of one
cluster is allowed for (the design effect). So what nobody had before is new when it is beyond what falls on one side by
chance, and not when it is one customer's alone.

Sources: K. Wolter, Introduction to Variance Estimation, 2nd edition (2007), chapter 6, for the linearised error; J. N.
K. Rao and A. J. Scott, Biometrics 48 (1992), for numbers that clusters make less; tests in `mining.causes.intervals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from mining.causes.intervals import difference, p_value
from pipeline.macros import Connection, render
from proof.followed import COMPARED
from proof.resample import Estimate, Spread, estimate, weeks_spread, widened
from proof.tested import FALSE_DISCOVERIES

FEWEST = 10

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """How many returns of each cluster and week have a thing, on both sides; one row for each that has any."""

    thing: Whole
    cluster: Whole
    week: Whole
    before: Whole
    after: Whole


@dataclass(frozen=True)
class Ground:
    """The returns of both sides, and what share of them each cluster's week has: sides x clusters x weeks."""

    of: Pair
    sizes: Floats

    def compare(self, marked: Marked, things: int) -> Iterator[tuple[Pair, Estimate | None, bool]]:
        """Yield of each thing the returns before and after that have it, its change, and whether that is exact."""
        clusters = int((self.sizes.sum(axis=2) > 0).sum(axis=1).min())
        weeks = int((self.sizes.sum(axis=(0, 1)) > 0).sum())
        having = np.stack([np.bincount(marked.thing, side, things) for side in (marked.before, marked.after)], axis=1)
        shares = having / np.maximum(self.of, 1)
        of_clusters, of_pairs, by_week = self._variances(marked, shares)
        for at in range(things):
            pair = int(having[at, 0]), int(having[at, 1])
            if clusters < 2:
                yield pair, None, False
                continue
            error, unwidened = sqrt(of_clusters[at]), Spread(1.0, clusters - 1)
            alone, _ = self._estimate(pair, error, unwidened, unwidened)
            spread = widened(float(of_clusters[at]), float(of_pairs[at]), by_week[at], weeks, clusters)
            if alone.p_value <= FALSE_DISCOVERIES:
                spread = max(spread, self._in_full(marked, at, clusters), key=lambda one: one.reach)
            yield pair, *self._estimate(pair, error, spread, unwidened)

    def _in_full(self, marked: Marked, at: int, clusters: int) -> Spread:
        """Return what the weeks add to the error of one thing; slow, and it can only take a call away."""
        rows = marked.thing == at
        having = np.zeros_like(self.sizes)
        having[0, marked.cluster[rows], marked.week[rows]] = marked.before[rows]
        having[1, marked.cluster[rows], marked.week[rows]] = marked.after[rows]
        returns = self.sizes * np.array(self.of)[:, None, None]
        both = np.stack([having, returns], axis=-1).transpose(1, 2, 0, 3)
        return weeks_spread(both.sum(axis=0), both[(returns > 0).any(axis=0)], both.sum(axis=1), clusters)

    def _estimate(self, having: Pair, alone: float, spread: Spread, unwidened: Spread) -> tuple[Estimate, bool]:
        shares = [part / of for part, of in zip(having, self.of, strict=True)]
        change = shares[1] - shares[0]
        if min(*having, *(of - part for part, of in zip(having, self.of, strict=True))) >= FEWEST:
            return estimate(change, alone * spread.factor, spread.freedom), False
        independent = sum(share * (1 - share) / of for share, of in zip(shares, self.of, strict=True))
        error = alone * spread.reach / unwidened.reach
        fewer = max(1.0, error**2 / independent) if independent else 1.0
        counts = having[1] / fewer, self.of[1] / fewer, having[0] / fewer, self.of[0] / fewer
        return Estimate(change, error, difference(*counts), p_value(*counts), spread.freedom), True

    def _variances(self, marked: Marked, shares: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the variances of the differences by cluster and by pair, and the pulls by week; things come first."""
        pull = marked.after / max(1, self.of[1]) - marked.before / max(1, self.of[0])
        _, clusters, weeks = self.sizes.shape
        signed = shares * np.array([-1.0, 1.0])
        by_cluster = _laid_out(marked.thing, marked.cluster, pull, (len(shares), clusters))
        by_cluster -= signed @ self.sizes.sum(axis=2)
        by_week = _laid_out(marked.thing, marked.week, pull, (len(shares), weeks)) - signed @ self.sizes.sum(axis=1)
        expected = (signed[marked.thing] * self.sizes[:, marked.cluster, marked.week].T).sum(axis=1)
        # Pairs without the thing pull by what was expected of them: all pairs, less those that have it.
        products = np.einsum("scw,tcw->st", self.sizes, self.sizes)
        others = np.einsum("ns,st,nt->n", signed, products, signed)
        own = np.bincount(marked.thing, (pull - expected) ** 2 - expected**2, len(shares))
        pairs = int((self.sizes.sum(axis=0) > 0).sum())
        return (by_cluster**2).sum(axis=1) * _unbiased(clusters), (own + others) * _unbiased(pairs), by_week


def read_ground(con: Connection) -> Ground:
    """Return the ground of the comparison that is laid on a connection."""
    rows = con.execute(render("proof_returns", compared=COMPARED)).fetchnumpy()
    cluster, week = rows["cluster_no"].astype(np.int64), rows["week_no"].astype(np.int64)
    counts = np.zeros((2, int(cluster.max(initial=0)) + 1, int(week.max(initial=0)) + 1))
    counts[0, cluster, week], counts[1, cluster, week] = rows["before"], rows["after"]
    of = counts.sum(axis=(1, 2))
    return Ground((int(of[0]), int(of[1])), counts / np.maximum(of, 1)[:, None, None])


def _laid_out(thing: Whole, place: Whole, weights: Floats, shape: Pair) -> Floats:
    things, places = shape
    laid: Floats = np.bincount(thing * places + place, weights, things * places).astype(float)
    return laid.reshape(shape)


def _unbiased(places: int) -> float:
    return places / max(1, places - 1)
