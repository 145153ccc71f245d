"""What the counts of both sides tell: curves, means, shares closed by a day, each with what chance may have done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mining.causes.intervals import Z
from proof import curves
from proof.cohort_curve import CohortCurve, Known, cohort_curve, widening
from proof.leaving import COHORTS, FATES, Leaving
from proof.resample import Estimate, Spread, drawn_error, estimate
from proof.sums import AFTER, BEFORE

Floats = NDArray[np.float64]
CLOSED = FATES.index("closed")


@dataclass(frozen=True)
class SideBySide:
    """What the counts of all cohorts tell: those counts, the same of every draw, and the clusters of each cohort."""

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
        """Return whether there is a return on either side."""
        return bool((self.moments.returns[: AFTER + 1] > 0).all())

    def curve(self, place: int, spread: Spread, risk_days: tuple[int, ...]) -> CohortCurve:
        """Return the curve of the cohort at a place of `COHORTS`."""
        leaving = self.moments.of(place)
        until = float(leaving.days[-1])
        error = drawn_error(self.drawn.of(place).mean_between(), int(self.clusters[place]))
        share = curves.under_way(leaving.ends, leaving.censored)
        mean = _known(float(curves.restricted_mean(leaving.days, share, until)), error, spread)
        wider = None if error is None else error * spread.reach / Z
        return cohort_curve(COHORTS[place], leaving, widening(leaving, wider), mean, risk_days)

    def mean_change(self, spread: Spread) -> Estimate | None:
        """Return the restricted mean of after less that of before."""
        days = self.moments.days
        shares = curves.under_way(self.moments.ends, self.moments.censored)
        before, after = (float(curves.restricted_mean(days, shares[side], days[-1])) for side in (BEFORE, AFTER))
        drawn_means = self.drawn.mean_between()
        return self._change(after - before, drawn_means[:, AFTER] - drawn_means[:, BEFORE], spread)

    def more_ended(self, spread: Spread) -> Estimate | None:
        """Return how many more of after ended than if both sides ended alike."""
        sides = slice(BEFORE, AFTER + 1)
        found = curves.log_rank(self.moments.ends[sides], self.moments.censored[sides])
        draws = curves.log_rank(self.drawn.ends[:, sides], self.drawn.censored[:, sides])
        return self._change(float(found), draws, spread)

    def more_closed(self, spread: Spread) -> Estimate | None:
        """Return how many more of after closed than if both sides closed alike, declined and cancelled ones apart."""
        sides = slice(BEFORE, AFTER + 1)
        found = curves.gray(self.moments.ends[sides], self.moments.censored[sides], CLOSED)
        draws = curves.gray(self.drawn.ends[:, sides], self.drawn.censored[:, sides], CLOSED)
        return self._change(float(found), draws, spread)

    def closed_shares(self, day: int, spread: Spread) -> tuple[Known, Known]:
        """Return the shares closed by the end of a day, before and after."""
        found, drawn_closed = self.closed
        shares, draws = found[:, _place(self.moments, day)], drawn_closed[..., _place(self.drawn, day)]
        before, after = (self._closed(side, float(shares[side]), draws, spread) for side in (BEFORE, AFTER))
        return before, after

    def closed_change(self, day: int, spread: Spread) -> Estimate | None:
        """Return the share of after closed by the end of a day less that of before."""
        found, drawn_closed = self.closed
        shares, draws = found[:, _place(self.moments, day)], drawn_closed[..., _place(self.drawn, day)]
        return self._change(shares[AFTER] - shares[BEFORE], draws[:, AFTER] - draws[:, BEFORE], spread)

    def _closed(self, side: int, share: float, draws: Floats, spread: Spread) -> Known:
        if not self.moments.returns[side]:
            return Known(None)
        return _share(round(share, 12), drawn_error(draws[:, side], int(self.clusters[side])), spread)

    def _change(self, value: float, draws: Floats, spread: Spread) -> Estimate | None:
        error = drawn_error(draws, int(self.clusters[: AFTER + 1].min())) if self.has_both else None
        return None if error is None else estimate(float(value), error * spread.factor, spread.freedom)


def _place(leaving: Leaving, day: int) -> int:
    return int(np.searchsorted(leaving.days, day, side="right")) - 1


def _known(value: float, error: float | None, spread: Spread) -> Known:
    if error is None:
        return Known(value)
    reach = spread.reach * error
    return Known(value, (max(0.0, value - reach), value + reach))


def _share(value: float, error: float | None, spread: Spread) -> Known:
    if error is None:
        return Known(value)
    low, high = curves.log_log(np.array(value), np.array(error), spread.reach)
    return Known(value, (float(low), float(high)))
