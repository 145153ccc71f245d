"""What is asked of a log for a rule: the columns that it needs, and the arguments of the macro `rule_judged`."""

from __future__ import annotations

from typing import Any

from mining.cohort.ground import Values
from mining.rules.rule import Rule

_SCOPES = {
    "case": "''",
    "line": "events.line_no",
    "receipt": "events.receipt_id",
    "document": "events.source_table || ':' || events.source_key",
}
_NEEDED = {
    "case": set[str](),
    "line": {"line_no"},
    "receipt": {"receipt_id"},
    "document": {"source_table", "source_key"},
}


def lacking_columns(rule: Rule, of_events: set[str], of_cases: set[str]) -> set[str]:
    """Return the columns that a rule needs and the log does not have, its events and its cases."""
    needed = set(_NEEDED[rule.scope])
    if rule.template == "at_most" and rule.targets:
        needed |= _NEEDED["document"]
    lacking = needed - of_events
    if rule.template == "within_business_days":
        lacking |= {"standard_day_seconds", "entity_id"} - of_cases
    if rule.unless and rule.unless.kind == "attribute":
        lacking |= {rule.unless.column} - of_cases
    if rule.unless and rule.unless.kind == "condition":
        lacking |= {"standard_day_seconds"} - of_cases
    return lacking


def question(rule: Rule, values: Values) -> dict[str, Any]:
    """Return the arguments of the macro for a rule; `values` takes its activities, its limit and what excuses."""
    unless, column, excuse = rule.unless, None, "null"
    if unless and unless.kind == "attribute":
        column, excuse = unless.column, values.bind(unless.values[0])
    return {
        "template": rule.template,
        "activities": values.bind_all(rule.activities),
        "targets": values.bind_all(rule.targets),
        "scope": _SCOPES[rule.scope],
        "scope_is_case": rule.scope == "case",
        "unless": unless.kind if unless else None,
        "unless_column": values.bind_all(unless.values) if unless and unless.kind == "activity" else column,
        "business": rule.template == "within_business_days",
        "limit": "null" if rule.limit is None else values.bind(rule.limit),
        "excuse": excuse,
    }
