"""The condition that a case leaves the target process in one way."""

from __future__ import annotations

from mining.cohort.ground import Ground, Values
from mining.cohort.path_rules import Deviates
from pipeline.errors import UsageError
from pipeline.macros import render

BUDGET_SECONDS = 120.0


def deviates(rule: Deviates, ground: Ground, values: Values) -> str:
    """Return the condition on a row of `cases` that its path has the deviation.

    Raises UsageError for a log that is not of returns, and when its paths take longer than two minutes to align.
    """
    from mining.bpmn_reader import read_bpmn  # takes seconds to load, and few cohorts ask for it
    from mining.conformance.deviations import Deviation
    from mining.conformance.having import paths_having
    from mining.conformance.scope import returns_scope
    from mining.reference import REFERENCE

    if not ground.has_relation("staging", "activities"):
        raise UsageError("This log has no target process; expected the log of a published build. Drop the rule.")
    log, net, scope = ground.log, read_bpmn(REFERENCE.read_text(encoding="utf-8")), returns_scope()
    found = paths_having(log, net, scope, Deviation(rule.how, rule.activity), BUDGET_SECONDS)
    values.bound["dropped"] = list(scope.dropped(net))
    ended, open_ = (
        values.bind([one.key for one in found if one.is_open is is_open]).removeprefix("$") for is_open in (False, True)
    )
    return render("cohort_deviating", events=log.events, cases=log.cases, ended=ended, open_=open_)
