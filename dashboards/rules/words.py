"""Sentences and rows about conformance: what follows the target process, what does not, and which rules are broken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboards.charts.forest import Mark, Row
from dashboards.charts.verdicts import VerdictBar
from pipeline import formats
from pipeline.formats import count, share

if TYPE_CHECKING:
    from mining.conformance.result import Conformance, Finding, Verdicts
    from mining.rules import RuleResult

KINDS = {"skipped": "skipped", "extra": "extra", "out_of_order": "out of order", "wrong_branch": "on the wrong branch"}
CLASSES = (
    "Skipped: the process asks for the step, the return went on without it. Out of order: the step happened, at "
    "another place than it should. Extra: too often, or the process has no such step. On the wrong branch: the return "
    "took another way, which excludes the step."
)


def lead(verdicts: Verdicts, rules: Sequence[RuleResult]) -> str:
    """Say how many returns leave the process against the rules, and which rule is broken most."""
    return f"{_process(verdicts)} {_rules(rules)}"


def _process(verdicts: Verdicts) -> str:
    ended = verdicts.conforming + verdicts.allowed + verdicts.violating
    opened = f"{count(verdicts.violating_open)} open {'has' if verdicts.violating_open == 1 else 'ones have'} done so"
    if not ended:
        return f"No return has ended and been checked yet; {opened} for good."
    return (
        f"{count(verdicts.violating)} of {count(ended)} ended returns ({share(verdicts.violating / ended)}) leave the "
        f"target process in a way that is not allowed; {opened} for good."
    )


def _rules(rules: Sequence[RuleResult]) -> str:
    broken = broken_rules(rules)
    if not broken:
        return f"None of the {len(rules)} rules is broken."
    worst = max(broken, key=lambda one: one.violating)
    return (
        f"{len(broken)} of {len(rules)} rules are broken, most often one of {worst.rule.owner}: "
        f"“{worst.rule.title}” ({count(worst.violating)} returns, {share(worst.share)} of those it speaks of)."
    )


def broken_rules(rules: Sequence[RuleResult]) -> list[RuleResult]:
    """Return the rules that are broken, those broken by the greatest share first."""
    return sorted((one for one in rules if one.violating), key=lambda one: (-(one.share or 0.0), one.rule.title))


def verdict_bars(verdicts: Verdicts) -> list[VerdictBar]:
    """Return a bar for each verdict; what was not covered only when there is some."""
    bars = [
        VerdictBar("conforming", "Conforming", verdicts.conforming, "", "Ended, as the process has it."),
        VerdictBar("allowed", "Allowed", verdicts.allowed, "", "Ended; deviates only as the allow-list allows."),
        VerdictBar("violating", "Violating", verdicts.violating, "", "Ended; deviates in a way that is not allowed."),
        VerdictBar(
            "violating_open", "Violating, open", verdicts.violating_open, "", "Open; has deviated, whatever comes."
        ),
        VerdictBar("undecided", "Not yet decidable", verdicts.undecided, "", "Open; can still go either way."),
        VerdictBar("not_covered", "Not covered", verdicts.not_covered, "", "Not checked within the time allowed."),
    ]
    return [
        VerdictBar(bar.kind, bar.name, bar.returns, _share_of(bar.returns, verdicts.cases), bar.meaning)
        for bar in bars
        if bar.returns or bar.kind != "not_covered"
    ]


def _share_of(returns: int, of: int) -> str:
    return f"{count(returns)} · {share(returns / of) if of else formats.NOTHING}"


def coverage(found: Conformance, seconds: float) -> str:
    """Say how much was checked within the time allowed, and what is no part of the process."""
    covered = found.alignments.coverage
    paths = f"{count(covered.variants)} of {count(covered.of_variants)} distinct paths"
    left = "" if covered.is_complete else " The rest, the rarest paths, is left out of every figure here."
    return (
        f"n {count(found.verdicts.cases)} returns. Within the {seconds:.0f} seconds allowed, {count(covered.cases)} of "
        f"{count(covered.of_cases)} ended returns ({paths}) were aligned with the process.{left} "
        f"Steps that are no part of it are left out: {formats.listed(list(found.dropped)).lower() or 'none'}. "
        "An open return is called violating only when nothing that comes can change it."
    )


def qualities(found: Conformance) -> list[tuple[str, str]]:
    """Return the qualities of the process as a model of the log, alignments first."""
    fitness, tokens = found.alignments, found.tokens
    replayed = tokens.coverage
    return [
        ("Fitness by alignments", f"{_two(fitness.log)} of the log: 1 less the steps on one side alone over the most"),
        ("Precision", f"{_two(found.precision)}: how much of what the process allows the returns do somewhere"),
        ("Generalisation", f"{_two(found.generalization)}: how well each step of the process is backed by returns"),
        ("Simplicity", f"{_two(found.simplicity)}: how few ways in and out its places have"),
        (
            "Token replay",
            f"{_two(tokens.log)} ({count(replayed.variants)} of {count(replayed.of_variants)} paths), for comparison "
            "only: it errs on processes with silent steps and repeated names",
        ),
    ]


def _two(value: float | None) -> str:
    return formats.NOTHING if value is None else formats.number(value, 2)


def deviation_name(kind: str, activity: str) -> str:
    """Name a deviation, e.g. ``Goods Received skipped``."""
    return f"{activity} {KINDS[kind]}"


def share_row(finding: Finding) -> Row:
    """Return the share of covered returns that have a deviation."""
    open_too = f", {count(finding.open_cases)} of them open" if finding.open_cases else ""
    return Row(
        deviation_name(finding.kind, finding.activity),
        f"{count(finding.cases)} returns{open_too}",
        Mark(finding.share, finding.low, finding.high),
        None,
        f"{share(finding.share)} ({_between(finding.low, finding.high)})",
    )


def impact_row(finding: Finding, kpi: str, unit: str) -> Row | None:
    """Return how much greater a KPI is with a deviation than without; None where that can't be said."""
    found = next((one for one in finding.impacts if one.kpi == kpi and one.difference is not None), None)
    if found is None or found.difference is None:
        return None
    words = f"{formats.signed(found.difference)} {unit}"
    if found.low is not None and found.high is not None:
        words = f"{words} ({formats.signed(found.low)} to {formats.signed(found.high)})"
    else:
        words = f"{words}, too few for an interval"
    note = f"{count(found.matched)} of {count(found.deviating)} against {count(found.others)}"
    mark = Mark(found.difference, found.low, found.high)
    return Row(deviation_name(finding.kind, finding.activity), note, mark, None, words)


def rule_row(result: RuleResult) -> Row:
    """Return the share of returns that break a rule, of those that it speaks of."""
    rule, decided = result.rule, result.conforming + result.allowed + result.violating
    words = f"{share(result.share)} ({_between(result.low or 0.0, result.high or 0.0)})"
    return Row(
        rule.title,
        f"{rule.owner} · {rule.severity} · {count(result.violating)} of {count(decided)}",
        Mark(result.share or 0.0, result.low, result.high),
        None,
        words,
    )


def _between(low: float, high: float) -> str:
    return f"{share(low)} to {share(high)}"


def kept_rules(rules: Sequence[RuleResult]) -> str:
    """Name the rules that nothing breaks, and those that the log can't be held against."""
    kept = [one.rule.title for one in rules if not one.violating and one.not_applicable is None]
    lacking = [f"{one.rule.title} ({one.not_applicable})" for one in rules if one.not_applicable is not None]
    said = f"Broken by none: {'; '.join(kept)}. " if kept else ""
    return f"{said}Not checked: {'; '.join(lacking)}. " if lacking else said
