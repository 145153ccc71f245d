"""The rules that keep or drop a case, and how they combine. Each is a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mining.cohort.case_rules import (
    Attribute,
    BrokenRules,
    Duration,
    EventCount,
    Exceptions,
    KpiItems,
    Period,
    Rework,
    State,
)
from mining.cohort.checks import check_one_of
from mining.cohort.path_rules import Activities, Deviates, Endpoints, Follower, FrequentVariants, Handover, Variants


@dataclass(frozen=True)
class And:
    """Cases that all of the rules keep."""

    kind: ClassVar[str] = "and"
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("rules in `and`", self.rules)


@dataclass(frozen=True)
class Or:
    """Cases that at least one of the rules keeps."""

    kind: ClassVar[str] = "or"
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("rules in `or`", self.rules)


@dataclass(frozen=True)
class Not:
    """Cases that the rule does not keep, those it cannot decide included."""

    kind: ClassVar[str] = "not"
    rule: Rule


Rule = (
    Period
    | Attribute
    | Duration
    | EventCount
    | Endpoints
    | Activities
    | Follower
    | Handover
    | Variants
    | FrequentVariants
    | Exceptions
    | Rework
    | State
    | BrokenRules
    | Deviates
    | KpiItems
    | And
    | Or
    | Not
)
