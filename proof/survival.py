"""How long returns stay under way on both sides, open ones included, and how they end.

A return that is still open has lasted at least as long as it was followed: it is censored there, neither left out nor
taken for closed. Declined and cancelled returns have ended without a close: they compete with it, so the share closed
by a day is a cumulative incidence. The returns in flight at the cut-over are a cohort of their own.

Differences are told by the draws of clusters and the weeks, as all measures are. Bands around a curve are Greenwood's,
widened by as much as the error of the restricted mean exceeds that of independent returns. Sources: `proof.curves`,
`proof.resample`; for the widening R. Williams, Product-Limit Survival Functions with Correlated Survival Times,
Lifetime Data Analysis 1 (1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from pipeline.macros import render
from proof import curves
from proof.cohort_curve import CohortCurve, Known, cohort_curve, widening
from proof.effects import spread_of
from proof.followed import COMPARED
from proof.laid import Laid
from proof.leaving import COHORTS, FATES, SPANS, Clock, Leaving, drawn, lay_spans, read_days, read_moments
from proof.resample import TAIL, Estimate, Spread, drawn_error, estimate
from proof.sums import AFTER, BEFORE, Sums, sums_of

Floats = NDArray[np.float64]
CLOSED_BY = (5, 10, 15, 30, 60, 90)
RISK_DAYS = 6
CLOSED = FATES.index("closed")


@dataclass(frozen=True)
class ClosedBy:
    """The share (0..1) of the returns that are closed by the end of `day` on both sides, and after minus before."""

    day: int
    before: Known
    after: Known
    change: Estimate | None


@dataclass(frozen=True)
class Lasting:
    """How long returns stay under way, in days of the `clock` from the request, up to `until_days`.

    The curves are exact; of more than a few thousand returns they are of whole hours. `risk_days` are the days
    for which the curves say how many are still under way. `mean_change` is the restricted mean of after less that of
    before, in days; `more_ended` how many more returns of after ended than if both sides ended alike: the log-rank
    test.
    """

    clock: Clock
    until_days: int
    is_exact: bool
    risk_days: tuple[int, ...]
    curves: tuple[CohortCurve, ...]
    mean_change: Estimate | None
    more_ended: Estimate | None
    closed_by: tuple[ClosedBy, ...]


@dataclass(frozen=True)
class Survival:
    """How long returns stay under way in elapsed days, and in business days where the horizon has any."""

    elapsed: Lasting
    business: Lasting | None


def survival(laid: Laid) -> Survival:
    """Return the curves of both sides, and of what was in flight, up to a common horizon.

    The horizon is that of the comparison, and of sides that cannot be followed for long enough as far as both reach.
    A return of before is followed up to its cut-over. Business days reach as far as the horizon is sure to reach with
    five of them a week.
    """
    until = _until(laid)
    working = until // 7 * 5 + max(0, until % 7 - 2)
    return Survival(_lasting(laid, "elapsed", until), _lasting(laid, "business", working) if working else None)


def _until(laid: Laid) -> int:
    if laid.followed.is_ripe:
        return max(1, laid.followed.horizon_days)
    query = render("proof_reach", compared=COMPARED)
    [(reach,)] = laid.connection.execute(query, {"cut_over": laid.question.cut_over}).fetchall()
    longest = max(laid.followed.horizon_days, reach or 0)
    return max(1, min(longest, laid.followed.ripe_days or longest))


def _lasting(laid: Laid, clock: Clock, until: int) -> Lasting:
    con, draws = laid.connection, laid.draws
    lay_spans(con, laid.question, clock, until)
    moments, is_exact = read_moments(con, until)
    days = (*(day for day in CLOSED_BY if day < until), until)
    by_cluster = read_days(con, draws.clusters, until, days)
    clusters = ((by_cluster.ends.sum(axis=-1) + by_cluster.censored).sum(axis=-1) > 0).sum(axis=0)
    told = _Told(moments, drawn(by_cluster, draws), clusters)
    rows = con.execute(render("proof_lasting_sums", spans=SPANS, days=days)).fetchnumpy()
    spreads = {name: spread_of(_sums(rows, name), draws) for name in ("lasted", *(f"closed_{day}" for day in days))}
    risk_days = tuple(dict.fromkeys(round(until * part / RISK_DAYS) for part in range(RISK_DAYS + 1)))
    shown = [place for place in range(len(COHORTS)) if moments.returns[place] > 0]
    return Lasting(
        clock,
        until,
        is_exact,
        risk_days,
        tuple(told.curve(place, spreads["lasted"], risk_days) for place in shown),
        told.mean_change(spreads["lasted"]),
        told.more_ended(spreads["lasted"]),
        tuple(told.closed_by(day, spreads[f"closed_{day}"]) for day in days),
    )


def _sums(rows: dict[str, NDArray[np.generic]], name: str) -> Sums:
    return sums_of(rows, name, "n")


@dataclass(frozen=True)
class _Told:
    """The counts of all cohorts, those of every draw, and how many clusters each cohort has."""

    moments: Leaving
    drawn: Leaving
    clusters: NDArray[np.int64]

    @cached_property
    def closed(self) -> tuple[Floats, Floats]:
        """Return the share closed by each day, cohorts x days, and that of every draw."""
        found, draws = (curves.incidence(one.ends, one.censored)[..., CLOSED] for one in (self.moments, self.drawn))
        return found, np.where(self.drawn.returns[..., None] > 0, draws, np.nan)

    @property
    def has_both(self) -> bool:
        return bool((self.moments.returns[: AFTER + 1] > 0).all())

    def curve(self, place: int, spread: Spread, risk_days: tuple[int, ...]) -> CohortCurve:
        leaving = self.moments.of(place)
        until = float(leaving.days[-1])
        error = drawn_error(self.drawn.of(place).mean_between(), int(self.clusters[place]))
        error = None if error is None else error * spread.factor
        share = curves.under_way(leaving.ends, leaving.censored)
        mean = _known(float(curves.restricted_mean(leaving.days, share, until)), error, spread)
        return cohort_curve(COHORTS[place], leaving, widening(leaving, error), mean, risk_days)

    def mean_change(self, spread: Spread) -> Estimate | None:
        days = self.moments.days
        shares = curves.under_way(self.moments.ends, self.moments.censored)
        before, after = (float(curves.restricted_mean(days, shares[side], days[-1])) for side in (BEFORE, AFTER))
        drawn_means = self.drawn.mean_between()
        return self._change(after - before, drawn_means[:, AFTER] - drawn_means[:, BEFORE], spread)

    def more_ended(self, spread: Spread) -> Estimate | None:
        sides = slice(BEFORE, AFTER + 1)
        found = curves.log_rank(self.moments.ends[sides], self.moments.censored[sides])
        return self._change(
            float(found), curves.log_rank(self.drawn.ends[:, sides], self.drawn.censored[:, sides]), spread
        )

    def closed_by(self, day: int, spread: Spread) -> ClosedBy:
        found, drawn_closed = self.closed
        shares = found[:, _place(self.moments, day)]
        drawn_shares = drawn_closed[..., _place(self.drawn, day)]
        known = []
        for side in (BEFORE, AFTER):
            error = drawn_error(drawn_shares[:, side], int(self.clusters[side]))
            known.append(
                _share(round(float(shares[side]), 12), error, spread) if self.moments.returns[side] else Known(None)
            )
        difference = drawn_shares[:, AFTER] - drawn_shares[:, BEFORE]
        return ClosedBy(
            day, known[BEFORE], known[AFTER], self._change(shares[AFTER] - shares[BEFORE], difference, spread)
        )

    def _change(self, value: float, draws: Floats, spread: Spread) -> Estimate | None:
        error = drawn_error(draws, int(self.clusters[: AFTER + 1].min())) if self.has_both else None
        return None if error is None else estimate(float(value), error * spread.factor, spread.freedom)


def _place(leaving: Leaving, day: int) -> int:
    return int(np.searchsorted(leaving.days, day, side="right")) - 1


def _known(value: float, error: float | None, spread: Spread) -> Known:
    if error is None:
        return Known(value)
    reach = float(stats.t.ppf(1 - TAIL, spread.freedom)) * error
    return Known(value, (max(0.0, value - reach), value + reach))


def _share(value: float, error: float | None, spread: Spread) -> Known:
    if error is None:
        return Known(value)
    reach = float(stats.t.ppf(1 - TAIL, spread.freedom)) * spread.factor
    low, high = curves.log_log(np.array(value), np.array(error), reach)
    return Known(value, (float(low), float(high)))
