"""What the goals are made of day by day, over the whole history of a cohort: the ground of trends and roll-outs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mining.cohort import choose
from mining.log import EventLog
from pipeline.macros import render
from proof.followed import MOST_CLUSTERS, ROLLOUT
from proof.laid import Laid
from proof.measures import QUANTILES, Measure, measures
from proof.question import CLUSTER_COLUMNS, Question

DAILY = "proof_daily"
SUMS = ("n", "total", "numerator", "denominator")
UNIT_COLUMNS = {"entity": "entity_id", "site": "site"}


Row = Mapping[str, float]


@dataclass(frozen=True)
class Daily:
    """The goals that have sums, the kind of unit, and what is not told, in words; the table `DAILY` has the sums.

    `changes` are the days between the start of before and the end of after on which units changed, in order.
    """

    goals: tuple[Measure, ...]
    unit_kind: str
    changes: tuple[date, ...]
    words: tuple[str, ...]

    @property
    def is_told(self) -> bool:
        """Whether there is a series at all."""
        return bool(self.goals and self.changes)


def lay_daily(laid: Laid) -> Daily:
    """Lay the table `DAILY` of the goals on the connection of a comparison, when its sides make one series."""
    question = laid.question
    unit_kind = "site" if any(step.unit_kind == "site" for step in question.rollout) else "entity"
    if reason := _not_one_series(question):
        return Daily((), unit_kind, (), (reason,))
    named = [measure for measure in measures(laid.connection) if measure.name in question.goals]
    goals = tuple(one for one in named if one.role != "instant" and one.statistic not in QUANTILES)
    words = tuple(
        f"{one.title}: {'percentiles' if one.statistic in QUANTILES else 'figures of one instant'} have no weekly sums."
        for one in named
        if one not in goals
    )
    relations = {"cases": choose(EventLog(laid.connection), question.before.cohort).cases, "rollouts": ROLLOUT}
    query = render(
        "proof_daily",
        **relations,
        cluster=CLUSTER_COLUMNS[question.cluster],
        most_clusters=MOST_CLUSTERS,
        unit=UNIT_COLUMNS[unit_kind],
    )
    bound = {
        "after_end": question.after.end,
        "kpis": sorted({goal.kpi for goal in goals}),
        "horizon_days": laid.followed.horizon_days,
    }
    laid.connection.execute(f"create or replace temp table {DAILY} as {query}", bound)
    return Daily(goals, unit_kind, _changes(question), words)


def parts_of(measure: Measure) -> tuple[str, str]:
    """Return which of the `SUMS` are the numerator and the denominator; those per return have returns below."""
    if measure.statistic == "ratio":
        return "numerator", "denominator"
    return "n" if measure.statistic == "count" else "total", "n"


def summed(measure: Measure, items: Iterable[Row], returns: float) -> tuple[float, float, int]:
    """Return numerator, denominator and the number of items of a measure, from rows of `SUMS` and so many returns."""
    top, bottom = parts_of(measure)
    rows = list(items)
    n = sum(row["n"] for row in rows)
    return sum(row[top] for row in rows), returns if measure.is_per_return else sum(row[bottom] for row in rows), int(n)


def _not_one_series(question: Question) -> str:
    if question.cut_over == date.max:
        return "Both sides are of one period: there is no day of a change, so no trend before it and none after."
    if question.before.cohort != question.after.cohort:
        return "The sides have different cohorts: there is no one series that runs from before to after."
    if not _changes(question):
        return "No unit of the roll-out changes between the start of before and the end of after."
    return ""


def _changes(question: Question) -> tuple[date, ...]:
    if not question.rollout:
        return (question.after.start,)
    days = {step.on for step in question.rollout}
    return tuple(sorted(day for day in days if question.before.start < day < question.after.end))
