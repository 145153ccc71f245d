"""The shapes of exceptions: which are asked for, one of them, and what many add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Order = Literal["oldest", "dearest"]
By = Literal["type", "entity"]

AGES = ("under 2 days", "2 to 7 days", "7 to 30 days", "30 to 90 days", "90 to 180 days", "180 days or more")


@dataclass(frozen=True)
class Choice:
    """Which exceptions of a scope are asked for: of one type or all (None), open ones only or resolved ones too."""

    kind: str | None = None
    with_resolved: bool = False


@dataclass(frozen=True)
class Flagged:
    """An exception. `rma_number` is that of its return; `age_days` are clock days from detection to the as-of
    instant, or to its resolution; `evidence` is a JSON object; `value` is in
    the reporting currency, None where the rule has none.
    """

    exception_type: str
    object_type: str
    object_id: str
    case_id: str | None
    rma_number: str | None
    entity_id: str | None
    detected_at: datetime
    resolved_at: datetime | None
    age_days: float
    evidence: str
    value: float | None
    currency: str | None


@dataclass(frozen=True)
class Totals:
    """Exceptions, open ones, the returns they are found on, those without a return, those with a value, and that."""

    exceptions: int
    still_open: int
    returns: int
    without_return: int
    valued: int
    value: float


@dataclass(frozen=True)
class Group:
    """The exceptions of a type or an entity (None: unknown); `oldest_days` is the greatest age, `returns` have one."""

    name: str | None
    exceptions: int
    still_open: int
    oldest_days: float
    valued: int
    value: float
    returns: int


@dataclass(frozen=True)
class AgeClass:
    """The exceptions of an age, a row of `AGES`."""

    name: str
    still_open: int
    resolved: int
    value: float
