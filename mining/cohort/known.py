"""The activities that a cohort names are ones that its log knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mining.cohort.form import Step
from mining.cohort.ground import Ground, Values
from mining.cohort.kept import keep, name_of
from mining.cohort.path_rules import Activities, Deviates, Endpoints, Follower
from mining.cohort.rules import And, Not, Or
from mining.cohort.trims import TrimToEndpoints
from mining.log import EventLog
from pipeline.errors import UsageError
from pipeline.macros import render


def check_activities(log: EventLog, steps: Iterable[Step]) -> None:
    """Raise UsageError for an activity that the log has no event of and that the activities seed does not name."""
    named = sorted({name for step in steps for name in _activities(step)})
    if not named:
        return
    of_log = name_of(log, "activities")
    keep(log, of_log, render("cohort_activities", events=log.events), Values())
    known = _names(log, of_log)
    if Ground(log, log).has_relation("staging", "activities"):
        known |= _names(log, "staging.activities")
    for name in named:
        if name not in known:
            raise UsageError(
                f"The log has no activity {name!a}; expected one that occurs in it. Write it as the log does, "
                "capitals included."
            )


def _names(log: EventLog, relation: str) -> set[str]:
    return {name for (name,) in log.connection.execute(render("cohort_activities", events=relation)).fetchall()}


def _activities(step: Step) -> Iterator[str]:
    match step:
        case Endpoints(first, last) | TrimToEndpoints(first, last):
            yield from first + last
        case Activities(all_of, any_of, none_of):
            yield from all_of + any_of + none_of
        case Follower(before, after):
            yield from before + after
        case Deviates(_, activity):
            yield activity
        case And(rules) | Or(rules):
            for rule in rules:
                yield from _activities(rule)
        case Not(rule):
            yield from _activities(rule)
        case _:
            pass
