"""What conformance checking answers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from mining.conformance.impact import Impact
from mining.conformance.quality import Fitness


@dataclass(frozen=True)
class Verdicts:
    """Cases by what can be said of them; each case is counted once.

    Of ended cases: `conforming` do what the model says, `allowed` deviate only in ways that are declared legal,
    `violating` deviate otherwise. Of open cases: `violating` ones have deviated for good, whatever comes; `undecided`
    ones can still become conforming (or deviate only in legal ways so far). `not_covered` were not aligned in time.
    """

    cases: int
    conforming: int
    allowed: int
    violating: int
    violating_open: int
    undecided: int
    not_covered: int


@dataclass(frozen=True)
class Finding:
    """One class of deviation at one activity.

    `share` is of all covered cases, ended and open, `low` to `high` its 95 % Wilson interval. `allowed_because` says
    why it is legal, None when it is not.
    """

    kind: str
    activity: str
    cases: int
    open_cases: int
    occurrences: int
    share: float
    low: float
    high: float
    allowed_because: str | None
    impacts: tuple[Impact, ...]


@dataclass(frozen=True)
class Conformance:
    """A log against a model; shares and fitness are 0..1.

    `states` are the states of the model, None for one that has too many to list; only where they are listed open cases
    are judged and precision is known. `budget_spent` says that time ran out before everything was covered. `dropped`
    are activities that are no part of the process and were left out of the replay. Verdicts and deviations come from
    alignments; `tokens` is pm4py's replay, which errs on models with silent steps and repeated names.
    """

    verdicts: Verdicts
    alignments: Fitness
    tokens: Fitness
    precision: float | None
    generalization: float | None
    simplicity: float
    states: int | None
    budget_spent: bool
    dropped: tuple[str, ...]
    deviations: tuple[Finding, ...]


def conformance_json(result: Conformance) -> str:
    """Return a result as JSON with sorted keys; None is null."""
    return json.dumps(asdict(result), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
