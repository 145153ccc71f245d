"""What is done again: self-loops and loops, repeats and redoes, ping-pong, and the rework that returns know by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mining.handoffs import COLUMNS, built_changes
from mining.log import EventLog

REPEATS = "staging.activities"

Kind = Literal["self-loop", "loop"]
Hand = Literal["repeat", "redo", "unknown"]
Signal = Literal["reopened", "information requested late", "credit cancelled", "inspected again"]


@dataclass(frozen=True)
class Cost:
    """What rework of one kind takes: `occurrences` in `cases` cases, and its time in seconds.

    Time is elapsed, and business time where the log has a calendar (else None). `value_days` is the cases' value times
    the elapsed days; None for a log without values. Kinds overlap: their costs do not add up.
    """

    occurrences: int
    cases: int
    mean_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None
    total_seconds: float | None
    mean_business_seconds: float | None
    median_business_seconds: float | None
    p90_business_seconds: float | None
    total_business_seconds: float | None
    value_days: float | None


@dataclass(frozen=True)
class Repetition:
    """An activity that a case has again: directly after the time before (`self-loop`) or with others between (`loop`).

    `hand` is repeat when the same resource does it, redo when another one does, unknown when one of them is unnamed.
    """

    activity: str
    kind: Kind
    hand: Hand
    cost: Cost


@dataclass(frozen=True)
class PingPong:
    """Work that goes from `owner` to `other` and with the very next event back; its time is the time away."""

    owner: str
    other: str
    cost: Cost


@dataclass(frozen=True)
class Rework:
    """A kind of rework of returns; of its occurrences, `ended` are over. Those that are not take no time."""

    kind: Signal
    ended: int
    cost: Cost


def repetitions(log: EventLog, repeats: str | None = None, value: str | None = None) -> tuple[Repetition, ...]:
    """Return the activities that cases have again, most frequent first.

    Self-loops and repetitions, each by the same resource (repeat) or another one (redo), are those of edeaR's
    ``number_of_selfloops`` and ``number_of_repetitions`` (Swennen et al., "Capturing Rework Metrics in Process
    Mining", 2016); each event after the first counts once. `repeats` is a relation that says what an activity is done
    to (`REPEATS` in a published warehouse), so that a second receipt or line is none; without it every activity is
    done to the case. The time of a repetition runs from the time before to it, so that those of an activity add up to
    the time from the end of its first occurrence to the end of its last. `value` is the column of the cases that
    holds their worth.
    """
    rows = log.rows("repetitions", repeats=repeats, value=value)
    return tuple(Repetition(activity, kind, hand, Cost(*cost)) for activity, kind, hand, *cost in rows)


def ping_pong(log: EventLog, level: Literal["system", "department"], value: str | None = None) -> tuple[PingPong, ...]:
    """Return the pairs of owners between which work goes to and fro (A-B-A in consecutive events), most frequent first.

    Every way back counts: A-B-A-B is one for A and one for B. `mining.handoffs.handoffs` has it between resources.
    """
    rows = log.rows("ping_pong", column=COLUMNS[level], value=value, built=built_changes(log, level))
    return tuple(PingPong(owner, other, Cost(*cost)) for owner, other, *cost in rows)


def returns_rework(log: EventLog, value: str | None = "return_value") -> tuple[Rework, ...]:
    """Return the rework of returns by the signals of the KPI rework_rate, most frequent first.

    The log is a published warehouse's, or a cohort of one: its events name the receipt and the document that they
    come from. A reopened return takes until its next close, information requested after the RMA until the next
    answer, a cancelled credit since its memo was created, an inspection done again since the one before.
    """
    return tuple(Rework(kind, ended, Cost(*cost)) for kind, ended, *cost in log.rows("returns_rework", value=value))
