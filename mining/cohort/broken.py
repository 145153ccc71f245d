"""The condition that a case violates a rule of the process."""

from __future__ import annotations

from mining.cohort.ground import Ground, Values
from pipeline.errors import UsageError
from pipeline.macros import render


def breaks_one_of(rule_ids: tuple[str, ...], ground: Ground, values: Values) -> str:
    """Return the condition on a row of `cases` that it violates one of the rules; excused cases do not.

    Raises UsageError for a rule that the program does not know, or for which the log lacks a column.
    """
    from mining.rules import read_rules  # takes seconds to load, and few cohorts ask for it
    from mining.rules.kept import KEPT, column_of, kept_columns
    from mining.rules.question import lacking_columns, question

    kept, columns = ground.whole.built(KEPT), kept_columns(ground.whole)
    known = {rule.rule_id: rule for rule in read_rules()}
    parts = []
    for rule_id in rule_ids:
        if rule_id not in known:
            raise UsageError(
                f"There is no rule {rule_id!a} of the process; expected one of {', '.join(sorted(known))}."
            )
        lacking = lacking_columns(known[rule_id], set(ground.event_columns), set(ground.case_columns))
        if lacking:
            raise UsageError(
                f"This log has no {', '.join(sorted(lacking))}, which the rule {rule_id!a} needs. Drop it."
            )
        if (column := column_of(known[rule_id])) in columns:
            judged = f"select case_id, {column} as verdict from {kept}"  # noqa: S608 -- names of the program
        else:
            names = question(known[rule_id], values)
            judged = render("rule_judged", events=ground.log.events, cases=ground.log.cases, value=None, **names)
        parts.append(render("cohort_violating", judged=judged))
    return f"({' or '.join(parts)})"
