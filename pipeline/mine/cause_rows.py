"""What goes with outcomes, as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mining.causes import Finding, Outcome, OutcomeCauses, find_causes, sentence
from mining.cohort.names import DEFAULT_NAMES, Names
from mining.log import EventLog


@dataclass(frozen=True)
class CauseRow:
    """One condition and one outcome; see `mining.causes.Influence` and `Adjusted` for the figures."""

    outcome: str
    condition: str
    status: str
    explained_by: str | None
    cases: int
    outcomes: int
    rate: float
    rest_rate: float
    difference: float
    difference_low: float
    difference_high: float
    risk_ratio: float | None
    contribution: float
    extra_hours: float | None
    money: float | None
    q: float
    adjusted_risk_ratio: float | None
    adjusted_low: float | None
    adjusted_high: float | None
    adjusted_contribution: float | None
    sentence: str


def outcomes_of_returns() -> tuple[Outcome, ...]:
    """Return what is explained of returns."""
    return Outcome.late(), Outcome.rework(), Outcome.exception(), Outcome.low_recovery(), Outcome.sla_miss()


def causes_of_returns(log: EventLog) -> tuple[CauseRow, ...]:
    """Return what goes with late returns, rework, exceptions, low recovery and missed notices."""
    return _rows(log, outcomes_of_returns())


def causes_of_any_log(log: EventLog) -> tuple[CauseRow, ...]:
    """Return what goes with the slowest tenth of the cases and with activities that occur again."""
    return _rows(log, (Outcome.duration_over("p90"), Outcome.repeated()))


def _rows(log: EventLog, outcomes: Sequence[Outcome]) -> tuple[CauseRow, ...]:
    found = find_causes(log, outcomes)
    return tuple(cause_row(finding, of) for of in found.outcomes for finding in of.findings)


def cause_row(finding: Finding, of: OutcomeCauses, names: Names = DEFAULT_NAMES) -> CauseRow:
    """Return a finding as a row, with its sentence; `names` are those of the values in it."""
    influence, adjusted = finding.influence, finding.adjusted
    return CauseRow(
        outcome=of.outcome.name,
        condition=str(finding.condition),
        status=finding.status,
        explained_by=None if finding.explained_by is None else str(finding.explained_by),
        cases=influence.cases,
        outcomes=influence.outcomes,
        rate=influence.rate,
        rest_rate=influence.rest_rate,
        difference=influence.difference,
        difference_low=influence.difference_interval[0],
        difference_high=influence.difference_interval[1],
        risk_ratio=influence.risk_ratio,
        contribution=influence.contribution,
        extra_hours=influence.extra_hours,
        money=influence.money,
        q=influence.q,
        adjusted_risk_ratio=None if adjusted is None else adjusted.risk_ratio,
        adjusted_low=None if adjusted is None else adjusted.ratio_interval[0],
        adjusted_high=None if adjusted is None else adjusted.ratio_interval[1],
        adjusted_contribution=None if adjusted is None else adjusted.contribution,
        sentence=sentence(finding, of, names),
    )
