"""How long returns stay under way on both sides, open ones included, and how they end.

A return that is still open has lasted at least as long as it was followed: it is censored there, neither left out nor
taken for closed. Declined and cancelled returns have ended without a close: they compete with it, so the share closed
by a day is a cumulative incidence. The returns in flight at the cut-over are a cohort of their own.

What is drawn is what was seen. Differences are like for like, of curves weighed to the make-up of before
(`proof.leaving_alike`), and told by the draws of clusters and the weeks, as all measures are. Bands around a curve are
Greenwood's, widened by as much as the error of the restricted mean exceeds that of independent returns. Sources:
`proof.curves`, `proof.resample`; for the widening R. Williams, Product-Limit Survival Functions with Correlated
Survival Times, Lifetime Data Analysis 1 (1995).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.macros import render
from proof.cohort_curve import CohortCurve, Known
from proof.effects import spread_of
from proof.followed import COMPARED
from proof.laid import Laid
from proof.leaving import COHORTS, SPANS, Clock, drawn, lay_spans, read_departures
from proof.leaving_alike import leaving_alike
from proof.mix import LEAST_COMMON, levels
from proof.resample import Estimate, Spread
from proof.side_by_side import SideBySide
from proof.sums import Sums, sums_of

CLOSED_BY = (5, 10, 15, 30, 60, 90)
RISK_DAYS = 6


@dataclass(frozen=True)
class ClosedBy:
    """The share (0..1) of the returns that are closed by the end of `day` on both sides, as seen.

    `change` is after less before, like for like.
    """

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
    test. `more_closed` is the same of closing alone, of which declining and cancelling are no slower kind: Gray's test.
    These are like for like, and None where too little of before has its like in after: `common` (0..1) is how much.
    """

    clock: Clock
    until_days: int
    is_exact: bool
    risk_days: tuple[int, ...]
    curves: tuple[CohortCurve, ...]
    common: float
    mean_change: Estimate | None
    more_ended: Estimate | None
    more_closed: Estimate | None
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
    _, codes = levels(laid)
    business = _lasting(laid, codes, "business", working) if working else None
    return Survival(_lasting(laid, codes, "elapsed", until), business)


def _until(laid: Laid) -> int:
    if laid.followed.is_ripe:
        return max(1, laid.followed.horizon_days)
    query = render("proof_reach", compared=COMPARED)
    [(reach,)] = laid.connection.execute(query, {"cut_over": laid.question.cut_over}).fetchall()
    longest = max(laid.followed.horizon_days, reach or 0)
    return max(1, min(longest, laid.followed.ripe_days or longest))


def _lasting(laid: Laid, codes: NDArray[np.int64], clock: Clock, until: int) -> Lasting:
    con, draws = laid.connection, laid.draws
    lay_spans(con, laid.question, clock, until)
    days = (*(day for day in CLOSED_BY if day < until), until)
    exact, is_exact = read_departures(con, until)
    by_day = exact.by_day(until, days)
    by_cluster = by_day.by_cluster(draws.clusters)
    clusters = (by_cluster.returns > 0).sum(axis=0)
    seen = SideBySide(exact.counted(exact.n), drawn(by_cluster, draws), clusters)
    weighed = leaving_alike(exact, by_day, codes, draws)
    alike = SideBySide(weighed.moments, weighed.drawn, clusters) if weighed.common >= LEAST_COMMON else None
    rows = con.execute(render("proof_lasting_sums", spans=SPANS, days=days)).fetchnumpy()
    spreads = {name: spread_of(_sums(rows, name), draws) for name in ("lasted", *(f"closed_{day}" for day in days))}
    risk_days = tuple(dict.fromkeys(round(until * part / RISK_DAYS) for part in range(RISK_DAYS + 1)))
    shown = [place for place in range(len(COHORTS)) if seen.moments.returns[place] > 0]
    return Lasting(
        clock,
        until,
        is_exact,
        risk_days,
        tuple(seen.curve(place, spreads["lasted"], risk_days) for place in shown),
        weighed.common,
        alike.mean_change(spreads["lasted"]) if alike else None,
        alike.more_ended(spreads["lasted"]) if alike else None,
        alike.more_closed(spreads["lasted"]) if alike else None,
        tuple(_closed_by(day, seen, alike, spreads[f"closed_{day}"]) for day in days),
    )


def _closed_by(day: int, seen: SideBySide, alike: SideBySide | None, spread: Spread) -> ClosedBy:
    return ClosedBy(day, *seen.closed_shares(day, spread), alike.closed_change(day, spread) if alike else None)


def _sums(rows: dict[str, NDArray[np.generic]], name: str) -> Sums:
    return sums_of(rows, name, "n")
