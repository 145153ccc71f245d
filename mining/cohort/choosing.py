"""Choose the cases of a cohort from a log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mining.cohort.cohort import Cohort
from mining.cohort.conditions import condition
from mining.cohort.ground import Ground, Values
from mining.cohort.kept import keep, name_of
from mining.cohort.known import check_activities
from mining.cohort.rules import Rule
from mining.cohort.trims import Trim, TrimToEndpoints, TrimToPeriod
from mining.log import EventLog
from pipeline.macros import render


def choose(log: EventLog, cohort: Cohort) -> EventLog:
    """Return the log of the cohort's cases; the empty cohort gives `log` itself.

    The chosen case_ids, and the sections of a trim, are kept in temporary tables of the log's connection, so that the
    same steps on the same log are computed once; a log must not change under its connection. After a trim
    case_position, the next_ columns, started_at, ended_at, events, variant and variant_id are those of the section; all
    other columns stay those of the whole case. Raises UsageError for an activity, attribute or fact that the log does
    not have.
    """
    *_, ground = grounds(log, cohort)
    return ground.log


def grounds(log: EventLog, cohort: Cohort) -> Iterator[Ground]:
    """Yield what reaches each step of the cohort in turn, and last what passes them all."""
    check_activities(log, cohort.steps)
    ground = Ground(log, log)
    yield ground
    for number, step in enumerate(cohort.steps, 1):
        name = name_of(log, Cohort(cohort.steps[:number]).to_json())
        ground = _cut(ground, step, name) if isinstance(step, Trim) else _kept(ground, step, name)
        yield ground


def _kept(ground: Ground, rule: Rule, name: str) -> Ground:
    values = Values()
    members = render("cohort_members", cases=ground.log.cases, condition=condition(rule, ground, values))
    keep(ground.log, name, members, values)
    whole = ground.whole
    events, cases = (render("cohort_of", relation=relation, members=name) for relation in (whole.events, whole.cases))
    return replace(ground, log=EventLog(whole.connection, events, cases))


def _cut(ground: Ground, trim: Trim, name: str) -> Ground:
    values, log = Values(), ground.log
    sections = _of_period(ground, trim, values) if isinstance(trim, TrimToPeriod) else _between(ground, trim, values)
    keep(log, name, render("cohort_measured_sections", events=log.events, sections=sections), values)
    events = render("cohort_cut_events", events=log.events, sections=name, columns=ground.event_columns)
    cases = render("cohort_cut_cases", cases=log.cases, sections=name, columns=tuple(ground.case_columns))
    cut = EventLog(log.connection, events, cases)
    return Ground(cut, cut, is_cut=True, has_end=isinstance(trim, TrimToEndpoints) and bool(trim.last))


def _of_period(ground: Ground, trim: TrimToPeriod, values: Values) -> str:
    return render(
        "cohort_sections_of_period",
        events=ground.log.events,
        cases=ground.log.cases,
        zone=ground.zone,
        start=values.bind_known(trim.start),
        end=values.bind_known(trim.end),
    )


def _between(ground: Ground, trim: TrimToEndpoints, values: Values) -> str:
    picks = {"first": "min", "last": "max"}
    return render(
        "cohort_sections_between",
        events=ground.log.events,
        first=values.bind_all(trim.first),
        last=values.bind_all(trim.last),
        first_pick=picks[trim.first_occurrence],
        last_pick=picks[trim.last_occurrence],
    )
