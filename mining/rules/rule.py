"""Rules as data: seeds/process_rules.csv or a customer's file of the same columns."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from pipeline.errors import UsageError
from pipeline.settings import SEEDS

Template = Literal[
    "precedence",
    "response",
    "succession",
    "responded_existence",
    "not_coexistence",
    "not_succession",
    "absence",
    "at_most",
    "four_eyes",
    "within_days",
    "within_business_days",
]
Scope = Literal["case", "line", "receipt", "document"]
Severity = Literal["low", "medium", "high"]
Excuse = Literal["activity", "attribute", "condition"]

RULES = SEEDS / "process_rules.csv"
CONDITIONS = ("receipt_not_needed",)
_ONE_SIDED = ("absence", "at_most")
_LIMITED = ("at_most", "within_days", "within_business_days")


@dataclass(frozen=True)
class Unless:
    """What excuses a case: it has one of the activities `values`, its `column` has the value, or a named condition."""

    kind: Excuse
    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A rule of the process, in the manner of DECLARE.

    `activities` and `targets` are A and B of the template: B before every A (`precedence`), B after every A
    (`response`), both (`succession`), B at any time once there is an A (`responded_existence`), never both
    (`not_coexistence`), no B after an A (`not_succession`), no A (`absence`), at most `limit` times A, documents that
    also have a B not counted (`at_most`), no one person does both (`four_eyes`), B within `limit` days of the first A
    (`within_days`, `within_business_days`). It holds for the whole case, or for each line, receipt or document of it.

    Templates: Pesic, van der Aalst, "A declarative approach for flexible business processes management" (2006); Pesic,
    Schonenberg, van der Aalst, "DECLARE: full support for loosely-structured processes" (2007).
    """

    rule_id: str
    title: str
    template: Template
    activities: tuple[str, ...]
    targets: tuple[str, ...]
    limit: float | None
    scope: Scope
    owner: str
    severity: Severity
    unless: Unless | None


def read_rules(path: Path = RULES) -> tuple[Rule, ...]:
    """Read rules in the order of the file; several activities are separated by ``|``.

    Raises UsageError for a column that is missing, a word that is not known, a rule that lacks what its template needs.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        wanted = {
            "rule_id", "title", "template", "activity", "target", "parameter", "scope", "owner", "severity", "unless",
        }  # fmt: skip
        missing = sorted(wanted - set(reader.fieldnames or ()))
        if missing:
            raise UsageError(f"{path.name} lacks the column {missing[0]}. Its columns are {', '.join(sorted(wanted))}.")
        rules = tuple(_rule(row, f"{path.name}, rule {row['rule_id']!r}") for row in reader)
    repeated = {rule.rule_id for rule in rules if [other.rule_id for other in rules].count(rule.rule_id) > 1}
    if repeated:
        raise UsageError(f"{path.name} has the rule_id {min(repeated)} twice. Give each rule its own.")
    return rules


def _rule(row: dict[str, str], where: str) -> Rule:
    template = _word(row["template"], get_args(Template), where, "template")
    activities, targets = _names(row["activity"]), _names(row["target"])
    if not activities or (not targets and template not in _ONE_SIDED):
        raise UsageError(f"{where}: {template} needs an activity{'' if template in _ONE_SIDED else ' and a target'}.")
    if template == "absence" and targets:
        raise UsageError(f"{where}: absence has no target; leave it empty.")
    return Rule(
        row["rule_id"],
        row["title"],
        cast("Template", template),
        activities,
        targets,
        _limit(row["parameter"], template, where),
        cast("Scope", _word(row["scope"], get_args(Scope), where, "scope")),
        row["owner"],
        cast("Severity", _word(row["severity"], get_args(Severity), where, "severity")),
        _unless(row["unless"], where),
    )


def _limit(text: str, template: str, where: str) -> float | None:
    if template not in _LIMITED:
        if text:
            raise UsageError(f"{where}: {template} takes no parameter, but has {text!r}.")
        return None
    try:
        limit = float(text)
    except ValueError:
        raise UsageError(f"{where}: the parameter of {template} is a number, not {text!r}.") from None
    if not 0 <= limit < float("inf"):
        raise UsageError(f"{where}: the parameter of {template} is zero or more, not {text}.")
    return limit


def _unless(text: str, where: str) -> Unless | None:
    if not text:
        return None
    kind, _, rest = text.partition(":")
    column, _, value = rest.partition("=")
    _word(kind, get_args(Excuse), where, "unless")
    if kind == "condition":
        return Unless("condition", _word(rest, CONDITIONS, where, "condition"), ())
    if kind == "activity":
        return Unless("activity", "", _names(rest))
    if not column.isidentifier() or not value:
        raise UsageError(f"{where}: unless reads {text!r}; write attribute:column=value.")
    return Unless("attribute", column, (value,))


def _word(text: str, known: tuple[str, ...], where: str, column: str) -> str:
    if text not in known:
        raise UsageError(f"{where}: {column} is {text!r}; use one of {', '.join(known)}.")
    return text


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|") if name.strip())
