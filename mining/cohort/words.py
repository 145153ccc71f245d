"""A cohort in plain English."""

from __future__ import annotations

from functools import singledispatch

from mining.cohort import case_rules, path_rules, rules, trims
from mining.cohort.cohort import Cohort
from mining.cohort.form import Step
from mining.cohort.names import DEFAULT_NAMES, Names
from mining.cohort.phrases import ATTRIBUTES, DEVIATIONS, KPI_ITEMS, MEASURES, PERIODS, UNITS
from mining.cohort.spans import either, lag_words, number_words, period_words, range_words


def sentence(cohort: Cohort, names: Names = DEFAULT_NAMES) -> str:
    """Return what a cohort selects in a sentence, e.g. ``Returns at site Denver (202), that took 10 days or more.``"""
    if not cohort.steps:
        return f"All {names.nouns}."
    text, after_trim = names.nouns.capitalize(), False
    for number, step in enumerate(cohort.steps):
        is_trim = isinstance(step, trims.Trim)
        link = " " if number == 0 else "; " if is_trim or after_trim else ", "
        text += link + ("of these, those " if after_trim and not is_trim else "") + step_words(step, names)
        after_trim = is_trim
    return f"{text}."


@singledispatch
def step_words(step: Step, names: Names) -> str:
    """Return one step in words that follow the noun, e.g. ``that are open`` or ``cut to the events in March 2025``."""
    raise TypeError(f"{type(step).__name__} is no step.")


@step_words.register
def _period(rule: case_rules.Period, names: Names) -> str:
    return f"{PERIODS[rule.mode]} {period_words(rule.start, rule.end)}"


@step_words.register
def _attribute(rule: case_rules.Attribute, names: Names) -> str:
    values = either([names.of(rule.column, value) for value in sorted(rule.values, key=lambda one: one is None)])
    return f"{'' if rule.keep else 'not '}{ATTRIBUTES.get(rule.column, f'with {rule.column}')} {values}"


@step_words.register
def _duration(rule: case_rules.Duration, names: Names) -> str:
    return f"{MEASURES[rule.measure]} {range_words(rule.min, rule.max, UNITS[rule.unit])}"


@step_words.register
def _event_count(rule: case_rules.EventCount, names: Names) -> str:
    return f"with {range_words(rule.min, rule.max, 'event')}"


@step_words.register
def _endpoints(rule: path_rules.Endpoints, names: Names) -> str:
    parts = [f"{verb} with {either(ends)}" for verb, ends in (("begin", rule.first), ("end", rule.last)) if ends]
    return f"that {' and '.join(parts)}"


@step_words.register
def _activities(rule: path_rules.Activities, names: Names) -> str:
    parts = [
        f"with {either(rule.all_of, 'and')}" if rule.all_of else "",
        f"with at least one of {either(rule.any_of, 'and')}" if rule.any_of else "",
        f"without {either(rule.none_of)}" if rule.none_of else "",
    ]
    by = f" (by {either([names.of('department', one) for one in rule.departments])})" if rule.departments else ""
    return " and ".join(part for part in parts if part) + by


@step_words.register
def _follower(rule: path_rules.Follower, names: Names) -> str:
    never = "never " if rule.relation.startswith("never") else ""
    how = "directly" if rule.relation.endswith("directly") else "eventually"
    by = f"by the {rule.resource} resource" if rule.resource == "same" else "by a different resource"
    parts = [
        f"in which {either(rule.before)} is {never}{how} followed by {either(rule.after)}",
        lag_words(rule.min_seconds, rule.max_seconds),
        by if rule.resource else "",
    ]
    return " ".join(part for part in parts if part)


@step_words.register
def _handover(rule: path_rules.Handover, names: Names) -> str:
    column = "source_system" if rule.level == "system" else rule.level
    giver, taker = (
        either([names.of(column, one) for one in of]) if of else f"another {rule.level}"
        for of in (rule.givers, rule.takers)
    )
    back = " and at once gets it back" if rule.comes_back else ""
    return f"in which {giver} hands over to {taker}{back}"


@step_words.register
def _variants(rule: path_rules.Variants, names: Names) -> str:
    form = "normalised " if rule.normalised else ""
    named, ids = names.values.get("variant_id", {}), rule.variant_ids
    if len(ids) > 3 or not named.keys() >= set(
        ids
    ):  # a variant without a name has a hash for an id, which tells nobody
        return f"of one of {len(ids):,} {form}variants" if len(ids) > 1 else f"of one {form}variant"
    return f"of {form}variant {either([names.of('variant_id', one) for one in ids])}"


@step_words.register
def _frequent_variants(rule: path_rules.FrequentVariants, names: Names) -> str:
    return f"of the most frequent variants that cover {number_words(rule.share * 100)} % of them"


@step_words.register
def _exceptions(rule: case_rules.Exceptions, names: Names) -> str:
    types = [names.of("exception_type", one) for one in rule.types]
    which = "open exception" if rule.only_open else "exception"
    return f"{'with' if rule.has else 'without'} {f'{which} {either(types)}' if types else f'an {which}'}"


@step_words.register
def _rework(rule: case_rules.Rework, names: Names) -> str:
    return "with rework" if rule.has else "without rework"


@step_words.register
def _state(rule: case_rules.State, names: Names) -> str:
    return f"that are {either(rule.states)}"


@step_words.register
def _broken_rules(rule: case_rules.BrokenRules, names: Names) -> str:
    return f"that break the rule {either([names.title('rule_id', one) for one in rule.rule_ids])}"


@step_words.register
def _deviates(rule: path_rules.Deviates, names: Names) -> str:
    return f"that leave the target process {DEVIATIONS[rule.how].format(rule.activity)}"


@step_words.register
def _kpi_items(rule: case_rules.KpiItems, names: Names) -> str:
    of_part = f" ({names.title('kpi_part', rule.part)})" if rule.part else ""
    values = either([names.of(rule.slice, one) for one in rule.values]) if rule.slice else ""
    of_slice = f" {ATTRIBUTES[rule.slice]} {values}" if rule.slice else ""
    return f"{KPI_ITEMS[rule.items]} {names.title('kpi', rule.kpi)}{of_part}{of_slice}"


@step_words.register
def _and(rule: rules.And, names: Names) -> str:
    return f"({' and '.join(step_words(part, names) for part in rule.rules)})"


@step_words.register
def _or(rule: rules.Or, names: Names) -> str:
    return f"(either {' or '.join(step_words(part, names) for part in rule.rules)})"


@step_words.register
def _not(rule: rules.Not, names: Names) -> str:
    return f"except those {step_words(rule.rule, names)}"


@step_words.register
def _trim_to_period(trim: trims.TrimToPeriod, names: Names) -> str:
    return f"cut to their events {period_words(trim.start, trim.end)}"


@step_words.register
def _trim_to_endpoints(trim: trims.TrimToEndpoints, names: Names) -> str:
    ends = ((trim.first_occurrence, trim.first, "the beginning"), (trim.last_occurrence, trim.last, "the end"))
    begin, end = (f"the {which} {either(of)}" if of else edge for which, of, edge in ends)
    return f"cut to the section from {begin} to {end}"
