"""The SQL condition of each rule: macros, names of the program, and parameters for every value of a user."""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch

from mining.cohort import case_rules, path_rules, rules
from mining.cohort.broken import breaks_one_of
from mining.cohort.deviating import deviates
from mining.cohort.ground import Ground, Values
from mining.cohort.normalised import of_normalised
from pipeline.errors import UsageError
from pipeline.macros import render

RESOURCE_SIGNS = {"same": "=", "different": "<>"}


@singledispatch
def condition(rule: rules.Rule, ground: Ground, values: Values) -> str:
    """Return the condition on a row of `cases` under which the rule keeps it; it is never null.

    `values` takes the parameters that the condition names. Raises UsageError when the log does not know what the rule
    asks for.
    """
    raise TypeError(f"{type(rule).__name__} is no rule.")


@condition.register
def _period(rule: case_rules.Period, ground: Ground, values: Values) -> str:
    start, end = values.bind_known(rule.start), values.bind_known(rule.end)
    return render("cohort_period", mode=rule.mode, start=start, end=end, zone=ground.zone, open_=ground.open_)


@condition.register
def _attribute(rule: case_rules.Attribute, ground: Ground, values: Values) -> str:
    if rule.column not in ground.attributes:
        raise UsageError(
            f"The cases of this log have no attribute {rule.column!a}; expected one of "
            f"{', '.join(sorted(ground.attributes)) or 'none, for it has no attributes'}. Correct the name."
        )
    named = values.bind_all(tuple(value for value in rule.values if value is not None))
    column = f"cases.{render('quoted_name', name=rule.column)}"
    return render("cohort_attribute", column=column, values=named, with_null=None in rule.values, keep=rule.keep)


@condition.register
def _duration(rule: case_rules.Duration, ground: Ground, values: Values) -> str:
    business = rule.unit == "business_days"
    if business:
        ground.need("standard_day_seconds", "for business days")
    spans = render(
        "cohort_spans",
        events=ground.log.events,
        cases=ground.log.cases,
        measure=rule.measure,
        business=business,
        milestones=ground.knows_milestones,
        open_=ground.open_,
    )
    least, most = values.bind_known(rule.min), values.bind_known(rule.max)
    return render("cohort_duration", spans=spans, least=least, most=most)


@condition.register
def _event_count(rule: case_rules.EventCount, ground: Ground, values: Values) -> str:
    bounds = [(">=", rule.min), ("<=", rule.max)]
    return _all([f"cases.events {sign} {values.bind(bound)}" for sign, bound in bounds if bound is not None])


@condition.register
def _endpoints(rule: path_rules.Endpoints, ground: Ground, values: Values) -> str:
    parts = [
        render("cohort_endpoint", events=ground.log.events, activities=values.bind_all(names), is_last=is_last)
        for names, is_last in ((rule.first, False), (rule.last, True))
        if names
    ]
    return _all([*parts, f"not {ground.open_}"] if rule.last else parts)


@condition.register
def _activities(rule: path_rules.Activities, ground: Ground, values: Values) -> str:
    wanted = [(name,) for name in rule.all_of] + ([rule.any_of] if rule.any_of else [])
    parts = [_has_activity(names, rule.departments, ground, values) for names in wanted]
    if rule.none_of:
        parts.append(f"not {_has_activity(rule.none_of, rule.departments, ground, values)}")
    return _all(parts)


def _has_activity(names: tuple[str, ...], departments: tuple[str, ...], ground: Ground, values: Values) -> str:
    named = f"events.activity in ({', '.join(values.bind_all(names))})"
    if departments:
        named += f" and events.department in ({', '.join(values.bind_all(departments))})"
    return render("cohort_has_event", events=ground.log.events, condition=named)


@condition.register
def _follower(rule: path_rules.Follower, ground: Ground, values: Values) -> str:
    pair = {
        "events": ground.log.events,
        "before": values.bind_all(rule.before),
        "after": values.bind_all(rule.after),
    }
    bounds = {
        "least": values.bind_known(_micros(rule.min_seconds)),
        "most": values.bind_known(_micros(rule.max_seconds)),
        "resource_sign": RESOURCE_SIGNS[rule.resource] if rule.resource else None,
    }
    if rule.relation in ("directly", "never_directly"):
        found = render("cohort_directly", **pair, **bounds)
    elif any(bounds.values()):
        found = render("cohort_eventually_within", **pair, **bounds)
    else:
        found = render("cohort_eventually", **pair)
    return f"not {found}" if rule.relation.startswith("never") else found


def _micros(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1_000_000)


@condition.register
def _handover(rule: path_rules.Handover, ground: Ground, values: Values) -> str:
    givers, takers = values.bind_all(rule.givers), values.bind_all(rule.takers)
    column = "source_system" if rule.level == "system" else "department"
    names = {"column": column, "givers": givers, "takers": takers, "comes_back": rule.comes_back}
    return render("cohort_handover", events=ground.log.events, **names)


@condition.register
def _variants(rule: path_rules.Variants, ground: Ground, values: Values) -> str:
    ids = values.bind_all(rule.variant_ids)
    return of_normalised(ids, ground, values) if rule.normalised else f"cases.variant_id in ({', '.join(ids)})"


@condition.register
def _frequent_variants(rule: path_rules.FrequentVariants, ground: Ground, values: Values) -> str:
    share = Fraction(str(rule.share))
    numerator, denominator = values.bind(share.numerator), values.bind(share.denominator)
    return render("cohort_frequent_variants", cases=ground.log.cases, numerator=numerator, denominator=denominator)


@condition.register
def _exceptions(rule: case_rules.Exceptions, ground: Ground, values: Values) -> str:
    if not ground.has_relation("marts", "exceptions"):
        raise UsageError("This log has no exceptions; expected the log of a published build. Drop the rule.")
    types = values.bind_all(rule.types)
    return render("cohort_exceptions", has=rule.has, types=types, only_open=rule.only_open)


@condition.register
def _rework(rule: case_rules.Rework, ground: Ground, values: Values) -> str:
    ground.need("has_rework", "to tell cases with rework")
    return f"{'' if rule.has else 'not '}coalesce(cases.has_rework, false)"


@condition.register
def _state(rule: case_rules.State, ground: Ground, values: Values) -> str:
    for state in rule.states:
        ground.need(f"is_{state}", f"to tell {state} cases")
    return _any([f"coalesce(cases.is_{state}, false)" for state in rule.states])


@condition.register
def _broken_rules(rule: case_rules.BrokenRules, ground: Ground, values: Values) -> str:
    return breaks_one_of(rule.rule_ids, ground, values)


condition.register(deviates)


@condition.register
def _kpi_items(rule: case_rules.KpiItems, ground: Ground, values: Values) -> str:
    if not ground.has_relation("marts", "kpi_items"):
        raise UsageError("This log has no KPI items; expected the log of a published build. Drop the rule.")
    kpi, part, of = values.bind(rule.kpi), values.bind_known(rule.part), values.bind_all(rule.values)
    return render("cohort_kpi_items", kpi=kpi, part=part, items=rule.items, slice_=rule.slice, values=of)


@condition.register
def _and(rule: rules.And, ground: Ground, values: Values) -> str:
    return _all([condition(part, ground, values) for part in rule.rules])


@condition.register
def _or(rule: rules.Or, ground: Ground, values: Values) -> str:
    return _any([condition(part, ground, values) for part in rule.rules])


@condition.register
def _not(rule: rules.Not, ground: Ground, values: Values) -> str:
    return f"not ({condition(rule.rule, ground, values)})"


def _all(parts: list[str]) -> str:
    return f"({' and '.join(parts)})"


def _any(parts: list[str]) -> str:
    return f"({' or '.join(parts)})"
