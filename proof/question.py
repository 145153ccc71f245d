"""What a comparison asks: two sides, each a window of starts and a cohort, and when the change came."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from mining.cohort import Cohort
from mining.cohort.trims import Trim
from pipeline.errors import UsageError

Cluster = Literal["customer", "site"]
CLUSTER_COLUMNS: dict[Cluster, str] = {"customer": "customer_id", "site": "site"}
DEFAULT_GOALS = ("cycle_time_days.mean", "credit_lag_days.mean")


@dataclass(frozen=True)
class Side:
    """The returns of `cohort` that are requested on local dates `start` <= date < `end`.

    Raises UsageError for a window without a day, and for a cohort that cuts returns to sections.
    """

    start: date
    end: date
    cohort: Cohort = field(default_factory=Cohort)

    def __post_init__(self) -> None:
        """Refuse what cannot be followed from its request."""
        if self.end <= self.start:
            raise UsageError(
                f"The window from {self.start} up to {self.end} has no day in it; the end is not part of it. "
                "Choose an end after the start."
            )
        if any(isinstance(step, Trim) for step in self.cohort.steps):
            raise UsageError(
                "The cohort cuts returns down to sections, and sections cannot be compared before and after. "
                "Use a cohort of rules that keep or drop whole returns."
            )


@dataclass(frozen=True)
class RolloutStep:
    """From the local day `on`, the returns of an entity or site run in the new way; `change` says what it was."""

    unit_kind: Literal["entity", "site"]
    unit: str
    on: date
    change: str


@dataclass(frozen=True)
class Question:
    """Whether the returns of `after` run better than those of `before`.

    `rollout` is empty where the change came for all at once, at the start of `after`. `cluster` are the units taken to
    be independent of one another, `goals` the measures that the change was made for.
    """

    before: Side
    after: Side
    rollout: tuple[RolloutStep, ...] = ()
    cluster: Cluster = "customer"
    goals: tuple[str, ...] = DEFAULT_GOALS

    @property
    def cut_over(self) -> date:
        """The local day on which the first return runs in the new way; the end of time for sides of one period."""
        if self.rollout:
            return min(step.on for step in self.rollout)
        return self.after.start if self.after.start >= self.before.end else date.max

    def to_json(self) -> str:
        """Return the question as canonical JSON."""
        sides = {
            name: {"start": str(side.start), "end": str(side.end), "cohort": side.cohort.to_json()}
            for name, side in (("before", self.before), ("after", self.after))
        }
        rollout = [[step.unit_kind, step.unit, str(step.on), step.change] for step in self.rollout]
        rest = {"rollout": rollout, "cluster": self.cluster, "goals": list(self.goals)}
        return json.dumps({**sides, **rest}, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON, in hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()
