"""The curve of one cohort as it is told and drawn: few points, bands, how many are still followed, the median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mining.causes.intervals import Interval, Z
from proof import curves
from proof.leaving import FATES, Leaving

Floats = NDArray[np.float64]
MOST_POINTS = 500


@dataclass(frozen=True)
class Known:
    """A figure with its 95 % interval, None where there is none."""

    value: float | None
    interval: Interval | None = None


@dataclass(frozen=True)
class Line:
    """Shares (0..1) with the ends of their pointwise 95 % intervals, one for each day of the curve they belong to."""

    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Ending:
    """A way of ending: how many `returns` ended so, and the share that had by each day."""

    fate: str
    returns: int
    line: Line


@dataclass(frozen=True)
class CohortCurve:
    """How long the returns of a cohort stay under way, up to a common horizon.

    `not_ended` of the `returns` had no end while they were followed. The lines fall or rise in steps at `days`.
    `at_risk` counts those still followed and under way just before certain days. The median and the end of its
    interval are None where the curve, or its band, does not come down to a half.
    """

    cohort: str
    returns: int
    not_ended: int
    days: tuple[float, ...]
    under_way: Line
    endings: tuple[Ending, ...]
    at_risk: tuple[int, ...]
    median: float | None
    median_interval: tuple[float | None, float | None]
    restricted_mean: Known


def cohort_curve(
    cohort: str, leaving: Leaving, widened: float, restricted_mean: Known, risk_days: tuple[int, ...]
) -> CohortCurve:
    """Return the curve of one cohort, every error `widened` by a factor.

    Sources: for the ends of the bands `curves.log_log`, for the interval of the median R. Brookmeyer and J. Crowley, A
    Confidence Interval for the Median Survival Time, Biometrics 38 (1982).
    """
    leaving = _as_followed(leaving)
    days, ends, censored = leaving.days, leaving.ends, leaving.censored
    share, risk = curves.under_way(ends, censored), curves.at_risk(ends, censored)
    low, high = curves.log_log(share, curves.under_way_error(ends, censored), Z * widened)
    ended = curves.incidence(ends, censored)
    ended_low, ended_high = curves.log_log(ended, curves.incidence_error(ends, censored), Z * widened)
    places = _drawing_places(leaving)
    return CohortCurve(
        cohort,
        round(float(leaving.returns)),
        round(float(censored.sum())),
        tuple(days[places].tolist()),
        _line(share, low, high, places),
        tuple(
            Ending(
                fate,
                round(float(ends[:, kind].sum())),
                _line(ended[:, kind], ended_low[:, kind], ended_high[:, kind], places),
            )
            for kind, fate in enumerate(FATES)
        ),
        tuple(round(float(risk[days >= day].max(initial=0))) for day in risk_days),
        curves.first_at_half(days, share),
        (curves.first_at_half(days, low), curves.first_at_half(days, high)),
        restricted_mean,
    )


def widening(leaving: Leaving, error: float | None) -> float:
    """Return by what factor, at least 1, the `error` of the restricted mean exceeds that of independent returns."""
    if error is None:
        return 1.0
    alone = float(curves.restricted_mean_error(leaving.days, leaving.ends, leaving.censored, leaving.days[-1]))
    return max(1.0, error / alone) if alone > 0 else 1.0


def _as_followed(leaving: Leaving) -> Leaving:
    """Return the counts up to the day on which the last return of the cohort leaves, all ended or not."""
    left = np.flatnonzero((leaving.ends.sum(axis=-1) + leaving.censored) > 0)
    last = int(left[-1]) + 1 if left.size and leaving.censored[left[-1]] > 0 else leaving.days.size
    return Leaving(leaving.days[:last], leaving.ends[:last], leaving.censored[:last])


def _drawing_places(leaving: Leaving) -> NDArray[np.int64]:
    """Return the places of at most `MOST_POINTS` days: those on which something ends, the first and the last.

    Where there are more, they are spread evenly over the days.
    """
    changes = np.flatnonzero(leaving.ends.sum(axis=-1) > 0)
    places = np.union1d(changes, [0, leaving.days.size - 1]).astype(np.int64)
    if places.size <= MOST_POINTS:
        return places
    evenly = np.linspace(leaving.days[0], leaving.days[-1], MOST_POINTS)
    return np.unique(np.searchsorted(leaving.days, evenly, side="right") - 1)


def _line(share: Floats, low: Floats, high: Floats, places: NDArray[np.int64]) -> Line:
    """Return the lines at some places, without the noise of floats, which would make all of them nearly all."""
    return Line(*(tuple(np.round(one[places], 12).tolist()) for one in (share, low, high)))
