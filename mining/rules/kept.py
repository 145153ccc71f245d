"""Verdicts that a build keeps: one row per case, one column per rule, to be counted for any part of the log."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from mining.cohort.ground import Values
from mining.log import EventLog
from mining.rules.question import lacking_columns, question
from mining.rules.rule import Rule
from pipeline.macros import render

KEPT = "rule_verdicts"
# All rules are asked in one query; so many cases at once keep it in memory, however large the log.
CASES_AT_ONCE = 500_000


def column_of(rule: Rule) -> str:
    """Return the column of a rule, named by all that its verdicts depend on: a rule that is changed has another."""
    asked = (rule.template, rule.activities, rule.targets, rule.limit, rule.scope, rule.unless)
    return f"of_{hashlib.sha256(repr(asked).encode()).hexdigest()[:16]}"


def depends_on_case_alone(rule: Rule) -> bool:
    """Whether a case has the same verdict in every part of the log: elapsed days run until the log's last event."""
    return rule.template != "within_days"


def keep_verdicts(log: EventLog, rules: Sequence[Rule], cases_at_once: int = CASES_AT_ONCE) -> None:
    """Judge every case of a log by the rules that it can be held against, and keep the verdicts in its warehouse.

    About `cases_at_once` cases are judged at a time: no verdict depends on another case.
    """
    [(cases,)] = log.rows("count_cases")
    slices = max(1, -(-cases // cases_at_once))
    for number in range(slices):
        query, bound = _judged(_slice_of(log, number, slices), rules)
        into = f"insert into event_log.{KEPT}" if number else f"create or replace table event_log.{KEPT} as"
        log.connection.execute(f"{into} {query}", bound)


def _slice_of(log: EventLog, number: int, slices: int) -> EventLog:
    """One of so many parts of a log, about equal in size; the log itself where it is one."""
    if slices == 1:
        return log
    events, cases = (
        render("slice_of_cases", rows=rows, number=number, slices=slices) for rows in (log.events, log.cases)
    )
    return EventLog(log.connection, events, cases)


def _judged(log: EventLog, rules: Sequence[Rule]) -> tuple[str, Mapping[str, Any]]:
    """Return the query of all verdicts on a log, and what is bound to it."""
    of_events = {str(column) for column, *_ in log.rows("event_columns")}
    of_cases = {str(column) for column, *_ in log.rows("case_columns")}
    values, judged, timed = Values(), {}, []
    for rule in rules:
        if depends_on_case_alone(rule) and not lacking_columns(rule, of_events, of_cases):
            names = question(rule, values)
            judged[column_of(rule)] = render("rule_judged", events=log.events, cases=log.cases, value=None, **names)
            timed += [column_of(rule)] if rule.template == "within_business_days" else []
    query = render("all_rule_verdicts", events=log.events, cases=log.cases, judged=judged, timed=timed)
    return query, values.bound


def kept_columns(log: EventLog) -> frozenset[str]:
    """Return the columns of the rules whose verdicts the build of a log has kept."""
    kept = log.built(KEPT)
    return frozenset(str(column) for column, *_ in log.rows("rule_columns", kept=kept)) if kept else frozenset()


def counted_verdicts(log: EventLog, rules: Sequence[Rule], value: str | None) -> Mapping[Rule, list[tuple[Any, ...]]]:
    """Return, for each rule whose verdicts are kept, what ``rule_verdicts`` answers of it."""
    columns = kept_columns(log)
    found = [rule for rule in rules if column_of(rule) in columns]
    if not found:
        return {}
    counted: dict[Rule, list[tuple[Any, ...]]] = defaultdict(list, {rule: [] for rule in found})
    asked = [column_of(rule) for rule in found]
    for number, *row in log.rows("count_rule_verdicts", kept=log.built(KEPT), columns=asked, value=value):
        counted[found[number]].append(tuple(row))
    return counted
