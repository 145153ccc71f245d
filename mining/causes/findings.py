"""What is found of one condition: how often its cases have the outcome, against the rest, and after other factors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from mining.causes.conditions import Condition
from mining.causes.counting import Evidence, Slice
from mining.causes.intervals import (
    Interval,
    correlation_within,
    design_effect,
    difference,
    mean_difference,
    p_value,
    ratio,
)

Status = Literal[
    "cause candidate",
    "associated with fewer",
    "explained by other factors",
    "not adjusted",
    "not enough data",
    "no clear difference",
]
STATUSES: tuple[Status, ...] = (
    "cause candidate",
    "associated with fewer",
    "explained by other factors",
    "not adjusted",
    "not enough data",
    "no clear difference",
)


@dataclass(frozen=True)
class Influence:
    """The cases of a condition against all other judged cases (the rest); intervals are 95 %.

    Rates and shares are 0..1. `lift` is the rate over that of all cases, `contribution` the cases with the outcome
    beyond what the rest's rate gives (QPR's "cases behind the difference"). `extra_hours` is how much longer the cases
    take on average, `money` the value of those with the outcome. `p` is Fisher's on numbers divided by the design
    effects of clusters; `q` is corrected over everything tested in the run.
    """

    cases: int
    outcomes: int
    rate: float
    rest_rate: float
    share_of_cases: float
    share_of_outcomes: float
    difference: float
    difference_interval: Interval
    risk_ratio: float | None
    ratio_interval: Interval | None
    lift: float
    contribution: float
    extra_hours: float | None
    hours_interval: Interval | None
    money: float | None
    clusters: int
    design_effect: float
    p: float
    q: float = 1.0


@dataclass(frozen=True)
class Adjusted:
    """The effect of a condition among its own cases after other factors, by standardisation; intervals are 95 %.

    `difference` is the rate less what it would be without the effect, `contribution` that in cases, `factors` are what
    is adjusted for.
    """

    risk_ratio: float
    ratio_interval: Interval
    difference: float
    difference_interval: Interval
    contribution: float
    contribution_interval: Interval
    p: float
    factors: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """A condition, what all its cases share besides (`implied`), its influence, and what becomes of it.

    `explained_by` is the condition that explains it best, where one does.
    """

    condition: Condition
    implied: Condition
    influence: Influence
    adjusted: Adjusted | None
    status: Status
    explained_by: Condition | None

    def rank(self) -> tuple[int, float, Condition]:
        """What findings are sorted by: status, then cases behind it after adjustment, else before."""
        behind = self.adjusted.contribution if self.adjusted else self.influence.contribution
        return STATUSES.index(self.status), -abs(behind), self.condition


def influence_of(one: Slice, evidence: Evidence) -> Influence:
    """Compare the cases of a slice with all others; there must be others, and cases with and without the outcome."""
    total = evidence.total
    rest_cases, rest_outcomes = total.cases - one.cases, total.outcomes - one.outcomes
    own_effect, rest_effect = (_effect(part, evidence) for part in (one, total))
    counts = (one.outcomes / own_effect, one.cases / own_effect, rest_outcomes / rest_effect, rest_cases / rest_effect)
    rate, rest_rate = one.outcomes / one.cases, rest_outcomes / rest_cases
    rest_seconds = tuple(whole - part for whole, part in zip(total.seconds, one.seconds, strict=True))
    hours = mean_difference(one.seconds, (int(rest_seconds[0]), rest_seconds[1], rest_seconds[2]))
    return Influence(
        cases=one.cases,
        outcomes=one.outcomes,
        rate=rate,
        rest_rate=rest_rate,
        share_of_cases=one.cases / total.cases,
        share_of_outcomes=one.outcomes / total.outcomes,
        difference=rate - rest_rate,
        difference_interval=difference(*counts),
        risk_ratio=rate / rest_rate if rest_rate else None,
        ratio_interval=ratio(*counts),
        lift=rate / (total.outcomes / total.cases),
        contribution=one.cases * (rate - rest_rate),
        extra_hours=None if hours is None else sum(hours) / 2 / 3600,
        hours_interval=None if hours is None else (hours[0] / 3600, hours[1] / 3600),
        money=one.money,
        clusters=one.clusters.number,
        design_effect=own_effect,
        p=p_value(*counts),
    )


def with_q(influence: Influence, q: float) -> Influence:
    """Return the influence with its corrected p-value."""
    return replace(influence, q=q)


def _effect(one: Slice, evidence: Evidence) -> float:
    if not evidence.is_clustered:
        return 1.0
    total = evidence.total
    alike = correlation_within(total.cases, total.outcomes, total.clusters)
    return design_effect(one.cases, one.outcomes, one.clusters, alike)
