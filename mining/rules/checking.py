"""Check a log against rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mining.causes.intervals import wilson
from mining.cohort.ground import Values
from mining.log import EventLog
from mining.rules.kept import counted_verdicts
from mining.rules.question import lacking_columns, question
from mining.rules.rule import Rule

MICROS_PER_HOUR = 3_600_000_000


@dataclass(frozen=True)
class RuleResult:
    """What a rule says of a log, in cases; each case is counted once.

    The verdicts are those of runtime verification, RV-LTL (Bauer, Leucker, Schallhart, "Comparing LTL semantics for
    runtime verification", 2010; for DECLARE Maggi, Montali, Westergaard, van der Aalst 2011): a verdict on an open case
    is given only when nothing that comes can change it. `conforming` cases keep the rule, `vacuous` ones have nothing
    that it speaks of, `violating` ones break it (`violating_open` of them are open: for good all the same), `allowed`
    ones break it but are excused. Open cases that can still go either way are `undecided`, or `pending` when something
    is owed that has time left. `share` is violating / (conforming + allowed + violating) with its 95 % Wilson interval
    `low`..`high`, None without such cases. `hours_over` is the time over the limit in hours (business hours for
    business days) of the violating cases, None for rules without a limit; `value` is the return value of the violating
    cases in the reporting currency, None where the log has none. `not_applicable` says what the log lacks for the rule;
    then all counts are 0.
    """

    rule: Rule
    conforming: int
    vacuous: int
    violating: int
    violating_open: int
    allowed: int
    undecided: int
    pending: int
    share: float | None
    low: float | None
    high: float | None
    hours_over: float | None
    value: float | None
    not_applicable: str | None


def rule_results(log: EventLog, rules: Sequence[Rule]) -> tuple[RuleResult, ...]:
    """Return the result of every rule, in their order.

    The verdicts that the build has kept are counted in one pass; of other logs each rule is a pass over their events.
    """
    of_events = {str(name) for name, *_ in log.rows("event_columns")}
    of_cases = {str(name) for name, *_ in log.rows("case_columns")}
    value = "return_value" if "return_value" in of_cases else None
    kept = counted_verdicts(log, rules, value)
    results = []
    for rule in rules:
        lacking = lacking_columns(rule, of_events, of_cases)
        if lacking:
            results.append(_not_applicable(rule, lacking))
        else:
            results.append(_result(rule, kept[rule] if rule in kept else _asked(log, rule, value), value is not None))
    return tuple(results)


def _not_applicable(rule: Rule, lacking: set[str]) -> RuleResult:
    words = f"The log has no {', '.join(sorted(lacking))}."
    return replace(_counted(rule, Counter(), 0, None), hours_over=None, not_applicable=words)


def _asked(log: EventLog, rule: Rule, value: str | None) -> list[tuple[Any, ...]]:
    values = Values()
    names = question(rule, values)
    return log.rows("rule_verdicts", values.bound, value=value, **names)


def _result(rule: Rule, verdicts: Sequence[tuple[Any, ...]], has_value: bool) -> RuleResult:
    counts: Counter[str] = Counter()
    over, at_stake = 0, 0.0 if has_value else None
    for verdict, is_open, cases, excess, sum_of_values in verdicts:
        counts[verdict] += cases
        if verdict == "violating":
            counts["violating_open"] += cases if is_open else 0
            over += excess
            at_stake = None if at_stake is None else at_stake + (sum_of_values or 0.0)
    return _counted(rule, counts, over, at_stake)


def _counted(rule: Rule, counts: Counter[str], over: int, value: float | None) -> RuleResult:
    decided = counts["conforming"] + counts["allowed"] + counts["violating"]
    low, high = wilson(counts["violating"], decided) if decided else (None, None)
    return RuleResult(
        rule,
        conforming=counts["conforming"],
        vacuous=counts["vacuous"],
        violating=counts["violating"],
        violating_open=counts["violating_open"],
        allowed=counts["allowed"],
        undecided=counts["undecided"],
        pending=counts["pending"],
        share=counts["violating"] / decided if decided else None,
        low=low,
        high=high,
        hours_over=over / MICROS_PER_HOUR if rule.template.startswith("within") else None,
        value=value,
        not_applicable=None,
    )
