"""Interrupted time series: what the weeks of after are against what the trend of before would have brought.

A line of before, and at the change a step and a bend, weeks weighted by their items. Weeks in between are not in it.
With more than a year of before a yearly wave goes with the line. Sources: A. K. Wagner et al., Segmented Regression
Analysis of Interrupted Time Series Studies in Medication Use Research, Journal of Clinical Pharmacy and Therapeutics 27
(2002); J. L. Bernal, S. Cummins and A. Gasparrini, Interrupted Time Series Regression for the Evaluation of Public
Health Interventions, International Journal of Epidemiology 46 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import pi

import numpy as np
from numpy.typing import NDArray

from pipeline import formats
from proof.measures import Measure
from proof.resample import Estimate
from proof.segmented import Fit, fit
from proof.weekly import Series

Floats = NDArray[np.float64]
FEWEST_WEEKS = 8
YEAR = 365.25 / 7


@dataclass(frozen=True)
class Line:
    """In the week from `start`: what the lines fit, and what that of before would have brought."""

    start: date
    fitted: float
    expected: float


@dataclass(frozen=True)
class Interrupted:
    """The trend of a measure and how it broke, in the unit of the measure; None where there are too few weeks.

    `slope_before` is its change a week before, `slope` how that changed, `level` the step at the start of after, and
    `at_middle` how far the line lies from that of before in the middle of after, `middle_weeks` from its start, where
    the line of before alone would have brought `expected`. `words` say it, and what it rests on.
    """

    measure: Measure
    before_weeks: int
    after_weeks: int
    has_season: bool
    slope_before: Estimate | None
    level: Estimate | None
    slope: Estimate | None
    at_middle: Estimate | None
    middle_weeks: float
    expected: float | None
    lines: tuple[Line, ...]
    words: tuple[str, ...]


def interrupted(series: Series) -> Interrupted:
    """Return the interrupted time series of a weekly series."""
    before, after = len(series.of("before")), len(series.of("after"))
    if min(before, after) < FEWEST_WEEKS:
        words = (
            f"Too few weeks for a trend: {before} before and {after} after, {FEWEST_WEEKS} are needed on each side.",
        )
        return Interrupted(series.measure, before, after, False, None, None, None, None, 0.0, None, (), words)
    weeks = series.of("before", "after")
    terms = _Terms(np.array([week.number for week in weeks], float), series.of("after")[0].number)
    fitted = fit(
        terms.design(is_changed=True),
        np.array([week.value for week in weeks], float),
        np.array([week.denominator for week in weeks], float),
        terms.weeks,
    )
    middle = (weeks[-1].number + 1 - terms.changed) / 2
    slope_before = fitted.of(terms.single(1))
    at_middle = fitted.of([0, 0, 1, middle, *terms.no_season])
    return Interrupted(
        series.measure,
        before,
        after,
        terms.has_season,
        slope_before,
        fitted.of(terms.single(2)),
        fitted.of(terms.single(3)),
        at_middle,
        middle,
        fitted.of([1, middle, 0, 0, *terms.season(middle + terms.changed)]).value,
        tuple(Line(week.start, *ends) for week, ends in zip(weeks, _lines(fitted, terms), strict=True)),
        (_trend(slope_before, series.measure), _change(at_middle, series.measure), _season(terms.has_season)),
    )


@dataclass(frozen=True)
class _Terms:
    """The terms of the regression for `weeks` around the change, which came at the start of week `changed`."""

    weeks: Floats
    changed: int

    @property
    def has_season(self) -> bool:
        return self.changed - float(self.weeks[0]) > YEAR

    @property
    def no_season(self) -> list[float]:
        return [0.0, 0.0] if self.has_season else []

    def season(self, place: float) -> list[float]:
        turn = 2 * pi * place / YEAR
        return [float(np.sin(turn)), float(np.cos(turn))] if self.has_season else []

    def single(self, term: int) -> list[float]:
        return [*(float(place == term) for place in range(4)), *self.no_season]

    def design(self, is_changed: bool) -> Floats:
        """Return weeks x (one, weeks from the change to the middle of each, changed, weeks since, season)."""
        since = self.weeks + 0.5 - self.changed
        changed = (since > 0) * float(is_changed)
        seasons = [self.season(week + 0.5) for week in self.weeks]
        return np.column_stack([np.ones_like(since), since, changed, since * changed, np.array(seasons)])


def _lines(fitted: Fit, terms: _Terms) -> list[tuple[float, float]]:
    coefficients = fitted.chances @ fitted.coefficients
    return list(zip(*((terms.design(one) @ coefficients).tolist() for one in (True, False)), strict=True))


def _trend(slope: Estimate, measure: Measure) -> str:
    low, high = slope.interval
    if low <= 0 <= high:
        size = _size(max(-low, high), measure)
        return f"Before the change there was no clear trend: at most {size} a week either way."
    ends = " to ".join(_size(end, measure) for end in sorted((low, high), key=abs))
    way = "falling" if slope.value < 0 else "rising"
    return f"Before the change it was already {way} by {_size(slope.value, measure)} a week ({ends})."


def _change(change: Estimate, measure: Measure) -> str:
    low, high = change.interval
    if low <= 0 <= high:
        ends = f"{_size(low, measure)} below to {_size(high, measure)} above"
        return f"In the middle of after it is not clearly off what that trend would have brought: {ends}."
    ends = " to ".join(_size(end, measure) for end in sorted((low, high), key=abs))
    way = "below" if change.value < 0 else "above"
    size = _size(change.value, measure)
    return f"In the middle of after it is {size} ({ends}) {way} what that trend would have brought."


def _season(has_season: bool) -> str:
    if has_season:
        return "A yearly wave is in the line."
    return "Before has less than a year: a season cannot be told from the change by these weeks alone."


def _size(value: float, measure: Measure) -> str:
    if measure.unit == "share":
        return f"{formats.number(abs(value) * 100, 2)}{formats.SPACE}points"
    word = "" if measure.unit == "money" else f"{formats.SPACE}{measure.unit}"
    return f"{formats.number(abs(value), 2)}{word}"
