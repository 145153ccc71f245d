"""How many returns of each cohort leave day by day, and how: all that curves of what is under way need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.macros import Connection, render
from proof import curves
from proof.followed import COMPARED
from proof.question import Question
from proof.resample import Draws

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Clock = Literal["elapsed", "business"]
COHORTS = ("before", "after", "in flight at the cut-over")
FATES = ("closed", "declined", "cancelled")
SPANS = "proof_spans"
MOST_MOMENTS = 5_000
MOST_BINS = 30


@dataclass(frozen=True)
class Leaving:
    """Counts of returns that leave at rising `days`: `ends` is ... x cohorts x days x fates, `censored` without fates.

    The cohorts are `COHORTS`, in their order, and the fates `FATES`. What is censored was still open.
    """

    days: Floats
    ends: Floats
    censored: Floats

    @property
    def returns(self) -> Floats:
        """Return how many there are, ... x cohorts."""
        total: Floats = self.ends.sum(axis=(-1, -2)) + self.censored.sum(axis=-1)
        return total

    def mean_between(self) -> Floats:
        """Return the mean time under way up to the last day, ends spread evenly between days; not a number of none."""
        share = curves.under_way(self.ends, self.censored)
        earlier = np.concatenate([np.ones_like(share[..., :1]), share[..., :-1]], axis=-1)
        area = ((share + earlier) / 2 * np.diff(self.days, prepend=0.0)).sum(axis=-1)
        return np.where(self.returns > 0, area, np.nan)

    def of(self, cohort: int) -> Leaving:
        """Return the counts of one cohort, without an axis of cohorts."""
        return Leaving(self.days, self.ends[..., cohort, :, :], self.censored[..., cohort, :])


@dataclass(frozen=True)
class Departures:
    """Returns that leave, one row each for `n` of a cluster, cell and cohort that do so alike.

    `day` is a place in the rising `days`, `fate` one in `FATES`, or their number of what was still open.
    """

    days: Floats
    cluster: Whole
    cell: Whole
    cohort: Whole
    day: Whole
    fate: Whole
    n: Floats

    def counted(self, n: Floats) -> Leaving:
        """Return the counts of all, each row counting `n`."""
        shape = (len(COHORTS), self.days.size, len(FATES) + 1)
        at = np.ravel_multi_index((self.cohort, self.day, self.fate), shape)
        return _leaving(self.days, np.bincount(at, n, int(np.prod(shape))).reshape(shape))

    def by_cluster(self, clusters: int) -> Leaving:
        """Return the counts of each cluster: clusters x cohorts x days."""
        shape = (clusters, len(COHORTS), self.days.size, len(FATES) + 1)
        at = np.ravel_multi_index((self.cluster, self.cohort, self.day, self.fate), shape)
        return _leaving(self.days, np.bincount(at, self.n, int(np.prod(shape))).reshape(shape))

    def by_day(self, until: int, kept: tuple[int, ...]) -> Departures:
        """Return the same in at most about `MOST_BINS` spans of whole days, the `kept` days among their ends.

        What leaves on day d does so after d - 1 days and not later than d.
        """
        evenly = np.ceil(np.linspace(0, until, min(until, MOST_BINS) + 1)[1:])
        days = np.union1d(evenly, [day for day in kept if day <= until]).astype(float)
        return replace(self, days=days, day=np.searchsorted(days, np.ceil(self.days))[self.day])


def lay_spans(con: Connection, question: Question, clock: Clock, until: int) -> None:
    """Lay the temporary table of how long each return was under way, in days of the clock up to `until`."""
    query = render("proof_spans", compared=COMPARED, clock=clock, cohorts=COHORTS, fates=FATES)
    bound = {"cut_over": question.cut_over, "until_days": until}
    con.execute(f"create or replace temp table {SPANS} as {query}", bound)


def read_departures(con: Connection, until: int) -> tuple[Departures, bool]:
    """Return who leaves at each moment from 0 to `until`, and whether the moments are exact.

    Of more than `MOST_MOMENTS` returns they are rounded to whole hours.
    """
    [(returns,)] = con.execute(f"select count(*) from {SPANS}").fetchall()  # noqa: S608 -- a table of this module
    is_exact = returns <= MOST_MOMENTS
    columns = con.execute(render("proof_departures", spans=SPANS, is_exact=is_exact)).fetchnumpy()
    days = np.union1d(columns["days"], [0.0, float(until)])
    cluster, cell, cohort, fate = (
        columns[f"{name}_no"].astype(np.int64) for name in ("cluster", "cell", "cohort", "fate")
    )
    at = np.searchsorted(days, columns["days"])
    return Departures(days, cluster, cell, cohort, at, fate, columns["n"].astype(float)), is_exact


def drawn(by_cluster: Leaving, draws: Draws) -> Leaving:
    """Return the counts of every draw of clusters: draws x cohorts x days."""
    return Leaving(by_cluster.days, draws.of(by_cluster.ends), draws.of(by_cluster.censored))


def _leaving(days: Floats, counted: NDArray[np.generic]) -> Leaving:
    counts = counted.astype(float)
    return Leaving(days, counts[..., :-1], counts[..., -1])
