"""Sums of KPI items by side, cluster and fold: all that a comparison needs to know of a mean, a share or a rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.macros import Connection, render
from proof.followed import COMPARED, ITEMS

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
SIDES = ("before", "after")
BEFORE, AFTER = 0, 1


@dataclass(frozen=True)
class Sums:
    """A ratio of sums, laid out as one row per side, cluster and fold that has any of it.

    `side` is 0 before and 1 after; `cluster` and `fold` (weeks of the start, or cells of alike returns) count from 0.
    The value of a side is its `numerator` over its `denominator`. `counts` are items (n, left out, lacking) by side.
    """

    side: Whole
    cluster: Whole
    fold: Whole
    numerator: Floats
    denominator: Floats
    counts: Whole

    def by_cluster(self, clusters: int) -> Floats:
        """Return an array of clusters x sides x (numerator, denominator)."""
        return self._added(self.cluster, clusters)

    def by_fold(self, folds: int) -> Floats:
        """Return an array of folds x sides x (numerator, denominator)."""
        return self._added(self.fold, folds)

    def by_both(self) -> Floats:
        """Return an array of pairs of a cluster and a fold x sides x (numerator, denominator)."""
        _, pair = np.unique(self.cluster * (1 + self.fold.max(initial=0)) + self.fold, return_inverse=True)
        return self._added(pair, int(pair.max(initial=0)) + 1)

    def whole(self) -> Floats:
        """Return an array of sides x (numerator, denominator)."""
        parts = (self.numerator, self.denominator)
        return np.stack([np.bincount(self.side, weights=part, minlength=2) for part in parts], axis=1)

    def _added(self, places: Whole, how_many: int) -> Floats:
        at = places * 2 + self.side
        parts = [np.bincount(at, part, 2 * how_many) for part in (self.numerator, self.denominator)]
        total: Floats = np.stack(parts, axis=1).astype(float)
        return total.reshape(how_many, 2, 2)


@dataclass(frozen=True)
class Bins:
    """The values of a duration in bins: `low` and `high` of each, and how many by side, cluster and bin (`n`)."""

    low: Floats
    high: Floats
    side: Whole
    cluster: Whole
    bin: Whole
    n: Whole

    def by_cluster(self, clusters: int, side: int) -> Floats:
        """Return an array of clusters x bins with how many values of a side there are."""
        bins, of_side = self.low.size, self.side == side
        at = self.cluster[of_side] * bins + self.bin[of_side]
        return np.bincount(at, self.n[of_side], clusters * bins).astype(float).reshape(clusters, bins)


def read_sums(
    con: Connection, fold: Literal["week_no", "cell_no"]
) -> Mapping[tuple[str, str], Mapping[str, NDArray[np.generic]]]:
    """Return the columns of the sums of every KPI and part by a fold; `("returns", "")` counts the returns."""
    query = render("proof_sums", items=ITEMS, compared=COMPARED, fold=fold)
    columns = con.execute(query).fetchnumpy()
    kpis, parts = columns["kpi"].astype(str), columns["part"].astype(str)
    is_first = np.ones(kpis.size, dtype=bool)
    is_first[1:] = (kpis[1:] != kpis[:-1]) | (parts[1:] != parts[:-1])
    places = [*np.flatnonzero(is_first), kpis.size]
    return {
        (str(kpis[start]), str(parts[start])): {name: column[start:end] for name, column in columns.items()}
        for start, end in pairwise(places)
    }


def sums_of(rows: Mapping[str, NDArray[np.generic]], numerator: str, denominator: str) -> Sums:
    """Lay out the columns of one KPI as the ratio of two of them; `n` is the number of counted items."""
    side = (rows["side"] == SIDES[AFTER]).astype(np.int64)
    counts = np.array(
        [np.bincount(side, weights=rows[name].astype(float), minlength=2) for name in ("n", "left_out", "lacking")]
    )
    return Sums(
        side,
        rows["cluster_no"].astype(np.int64),
        rows["fold_no"].astype(np.int64),
        rows[numerator].astype(float),
        rows[denominator].astype(float),
        counts.T.astype(np.int64),
    )


def per_return(rows: Mapping[str, NDArray[np.generic]], returns: Mapping[str, NDArray[np.generic]], of: str) -> Sums:
    """Lay out a count or sum as what it is per compared return."""
    counted, all_returns = sums_of(rows, of, "denominator"), sums_of(returns, "numerator", "n")
    return Sums(
        np.concatenate([counted.side, all_returns.side]),
        np.concatenate([counted.cluster, all_returns.cluster]),
        np.concatenate([counted.fold, all_returns.fold]),
        np.concatenate([counted.numerator, np.zeros(all_returns.side.size)]),
        np.concatenate([np.zeros(counted.side.size), all_returns.denominator]),
        counted.counts,
    )


def read_below(con: Connection, kpi: str, percentiles: tuple[float, float]) -> Sums:
    """Read the share of the values of a duration at or below the percentile of their side, by cluster and week."""
    query = render("proof_below", items=ITEMS)
    bound = {"kpi": kpi, "before": percentiles[0], "after": percentiles[1]}
    columns = con.execute(query, bound).fetchnumpy()
    return sums_of(columns, "total", "n")


def read_bins(con: Connection, kpi: str, items: str = ITEMS) -> Bins:
    """Read the values of a duration KPI in at most a thousand bins of equal numbers."""
    query = render("proof_bins", items=items)
    columns = con.execute(query, {"kpi": kpi}).fetchnumpy()
    _, first, place = np.unique(columns["bin"], return_index=True, return_inverse=True)
    return Bins(
        columns["low"][first].astype(float),
        columns["high"][first].astype(float),
        (columns["side"] == SIDES[AFTER]).astype(np.int64),
        columns["cluster_no"].astype(np.int64),
        place.astype(np.int64),
        columns["n"].astype(np.int64),
    )
