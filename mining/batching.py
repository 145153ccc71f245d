"""Batching: work that is saved up and done in one go, seen as many cases of one actor at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mining.log import EventLog

LEAST_CASES = 5
SLOT_SECONDS = 60


@dataclass(frozen=True)
class BatchedActivity:
    """An activity that is done in batches: `batched` of its `events`, `share` of them, in `batches` batches.

    `system_batches` of these are by automation or by nobody named; `most_cases` is the size of the largest.
    """

    activity: str
    events: int
    batched: int
    share: float
    batches: int
    system_batches: int
    most_cases: int


@dataclass(frozen=True)
class Batch:
    """One batch: who did the activity for `cases` cases between two instants (UTC)."""

    activity: str
    actor: str
    is_system: bool
    first_at: datetime
    last_at: datetime
    events: int
    cases: int


def batched_activities(
    log: EventLog, least: int = LEAST_CASES, seconds: int = SLOT_SECONDS, activity: str | None = None
) -> tuple[BatchedActivity, ...]:
    """Return the activities (or only `activity`) that are done in batches, the largest share first.

    A batch is `least` cases or more of one user (or of one system, where nobody is named) in one slot of `seconds`:
    whole minutes of the clock unless told otherwise, so that a steady stream of a busy system does not chain into one
    endless batch. Stamps without a time of day are left out.
    """
    return tuple(BatchedActivity(*row) for row in log.rows("batched_activities", _parameters(least, seconds, activity)))


def largest_batches(
    log: EventLog, most: int = 20, least: int = LEAST_CASES, seconds: int = SLOT_SECONDS
) -> tuple[Batch, ...]:
    """Return the largest batches, at most `most`; ties by name and time."""
    return tuple(Batch(*row) for row in log.rows("largest_batches", _parameters(least, seconds) | {"most": most}))


def _parameters(least: int, seconds: int, activity: str | None = None) -> dict[str, object]:
    return {"least": least, "slot_micros": seconds * 1_000_000, "activity": activity}
