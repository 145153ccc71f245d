"""What is handed back: the rules, the findings of each outcome, and what could not be asked."""

from __future__ import annotations

from dataclasses import dataclass

from mining.causes.attributes import Attribute, Refused
from mining.causes.counting import Cells, Grouped
from mining.causes.findings import Finding, Status
from mining.causes.outcomes import Outcome


@dataclass(frozen=True)
class Rules:
    """When something is said.

    A condition is tested from `support` cases on, and judged from `outcomes` cases with the outcome (found, or expected
    at the rate of all) in `clusters` customers. `false_discovery_rate` is held over everything tested in a run;
    `any_dependence` corrects after Benjamini and Yekutieli (2001), else Benjamini and Hochberg (1995). At most so many
    conditions of an outcome are `adjusted`, the clearest first.
    """

    support: int = 20
    outcomes: int = 5
    clusters: int = 5
    false_discovery_rate: float = 0.05
    any_dependence: bool = True
    adjusted: int = 60


@dataclass(frozen=True)
class OutcomeCauses:
    """What goes with one outcome: findings by rank, and what could not be asked.

    `cases` were judged, `outcomes` of them have the outcome; `left_out` says how many were not judged and why.
    `attributes` were tried or adjusted for, the `refused` are known too late; `grouped` are rare values. `cells` are
    all combinations of values.
    """

    outcome: Outcome
    cases: int
    outcomes: int
    left_out: tuple[tuple[str, int], ...]
    attributes: tuple[Attribute, ...]
    refused: tuple[Refused, ...]
    grouped: tuple[Grouped, ...]
    findings: tuple[Finding, ...]
    cells: Cells

    def of_status(self, status: Status) -> tuple[Finding, ...]:
        """Return the findings of one status, by rank."""
        return tuple(one for one in self.findings if one.status == status)


@dataclass(frozen=True)
class Causes:
    """What goes with each outcome; `tested` conditions were tested in all, which q-values are corrected for.

    `clear` are the names of all outcomes that were tested and of which some condition differs clearly.
    """

    outcomes: tuple[OutcomeCauses, ...]
    tested: int
    rules: Rules
    clear: tuple[str, ...]
