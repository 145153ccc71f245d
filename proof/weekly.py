"""The goals week by week, from the first return of the log to the end of after, whole and by unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.macros import Connection, render
from proof.daily import DAILY, SUMS, Daily, Row, summed
from proof.measures import Measure
from proof.question import Question

Phase = Literal["before", "in between", "after"]
MOST_UNITS = 12
REST = "all others"


@dataclass(frozen=True)
class Week:
    """The returns that are requested in the seven local days from `start`; week 0 begins at the cut-over.

    `value` is `numerator` over `denominator`, None of no denominator; `n` items are counted. Weeks ``in between`` have
    returns that started before a change and could still run when it came, or units that have changed beside others
    that have not.
    """

    number: int
    start: date
    phase: Phase
    numerator: float
    denominator: float
    n: int

    @property
    def value(self) -> float | None:
        """The value of the measure in this week, in its unit."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class UnitWeeks:
    """The weeks of one entity or site."""

    unit: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Series:
    """A measure week by week: whole, and of each unit (the twelve with most items, the rest taken together)."""

    measure: Measure
    weeks: tuple[Week, ...]
    units: tuple[UnitWeeks, ...]

    def of(self, *phases: Phase) -> tuple[Week, ...]:
        """Return the weeks of phases that have a value."""
        return tuple(week for week in self.weeks if week.phase in phases and week.value is not None)


@dataclass(frozen=True)
class Weekly:
    """The series of the goals around the cut-over; `words` say what is left out, or why there is no series.

    With a roll-out only its units are in the series; `settled_on` is the day on which the last of them had changed.
    Each return is followed for `horizon_days` elapsed days.
    """

    cut_over: date | None
    settled_on: date | None
    horizon_days: int
    unit_kind: str
    series: tuple[Series, ...]
    words: tuple[str, ...]


Place = tuple[int, str]


def weekly(con: Connection, question: Question, daily: Daily, horizon_days: int) -> Weekly:
    """Return the weekly series of the goals; `daily` is laid on `con`."""
    if not daily.is_told:
        return Weekly(None, None, horizon_days, daily.unit_kind, (), daily.words)
    calendar = _Calendar(daily.changes[0], max(daily.changes[-1], question.after.start), horizon_days)
    bound = {
        "cut_over": calendar.cut_over,
        "has_rollout": bool(question.rollout),
        "before_start": question.before.start,
        "after_end": question.after.end,
    }
    rows = _by_part(con, bound)
    series = tuple(_series(measure, calendar, rows) for measure in daily.goals)
    return Weekly(
        calendar.cut_over,
        calendar.settled_on,
        horizon_days,
        daily.unit_kind,
        series,
        (*daily.words, *_words(series, horizon_days)),
    )


@dataclass(frozen=True)
class _Calendar:
    cut_over: date
    settled_on: date
    horizon_days: int

    def start(self, number: int) -> date:
        return self.cut_over + timedelta(days=7 * number)

    def phase(self, number: int) -> Phase:
        if self.start(number) >= self.settled_on:
            return "after"
        untouched = self.start(number + 1) + timedelta(days=self.horizon_days) <= self.cut_over
        return "before" if untouched else "in between"


def _by_part(con: Connection, bound: Mapping[str, object]) -> dict[tuple[str, str], dict[Place, Row]]:
    rows: dict[tuple[str, str], dict[Place, Row]] = defaultdict(dict)
    for kpi, part, week, unit, *sums in con.execute(render("proof_weekly_sums", daily=DAILY), bound).fetchall():
        rows[kpi, part][week, unit] = dict(zip(SUMS, sums, strict=True))
    return rows


def _series(measure: Measure, calendar: _Calendar, rows: Mapping[tuple[str, str], Mapping[Place, Row]]) -> Series:
    returns, items = rows.get(("returns", ""), {}), rows.get((measure.kpi, measure.part), {})
    sizes: Counter[str] = Counter()
    for (_, unit), row in returns.items():
        sizes[unit] += int(row["n"])
    shown = sorted(unit for unit, _ in sizes.most_common(MOST_UNITS))
    units = [*shown, *([REST] if len(sizes) > MOST_UNITS else [])]
    numbers = range(min((week for week, _ in returns), default=0), max((week for week, _ in returns), default=-1) + 1)

    def weeks(chosen: Iterable[str]) -> tuple[Week, ...]:
        told = frozenset(chosen)
        return tuple(
            Week(
                number,
                calendar.start(number),
                calendar.phase(number),
                *summed(
                    measure,
                    [items[number, unit] for unit in told if (number, unit) in items],
                    sum(returns[number, unit]["n"] for unit in told if (number, unit) in returns),
                ),
            )
            for number in numbers
        )

    def members(unit: str) -> Iterable[str]:
        return sizes.keys() - set(shown) if unit == REST else (unit,)

    return Series(measure, weeks(sizes), tuple(UnitWeeks(unit, weeks(members(unit))) for unit in units))


def _words(series: tuple[Series, ...], horizon_days: int) -> tuple[str, ...]:
    weeks = series[0].weeks
    between = sum(week.phase == "in between" for week in weeks)
    told = [f"Whole weeks only; each return is followed for {horizon_days} days from its request."]
    if between:
        told.append(
            f"{between} weeks stand in between: their returns could still run when the change came, "
            "or some units had changed and others not."
        )
    return tuple(told)
