"""Outcomes of a case that can be explained: what they are called, how they are asked for, when they can happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mining.log import EventLog
from pipeline.errors import UsageError
from pipeline.macros import render

MILESTONES = ("request", "approval", "receipt", "inspection", "disposition", "credit", "closure")
_AFTER_RECEIPT = ("late_receipt_posting", "stock_status_mismatch", "premature_availability")


def milestone_place(milestone: str) -> int:
    """Return where a milestone stands in a return, from 0."""
    return MILESTONES.index(milestone)


@dataclass(frozen=True)
class Outcome:
    """Something that happens to a case, or not.

    `words` complete "cases are ...". The outcome is `possible_after` a milestone: what is known by then may explain it.
    `question` is the macro that judges each case, `parameters` are bound to it; `business` says whether its hours are
    business hours.
    """

    name: str
    words: str
    possible_after: str
    question: str
    parameters: Mapping[str, object] = field(default_factory=dict, hash=False)
    business: bool = True

    def relation(self, log: EventLog) -> str:
        """Return the SQL that judges each case of a log; the parameters stay to be bound."""
        return render(self.question, events=log.events, cases=log.cases)

    @classmethod
    def late(cls) -> Outcome:
        """Cycle time over the target of kpi_targets; a return still open counts once it is over."""
        parameters = {"kpi": "cycle_time_days.mean"}
        return cls("late", "over the cycle-time target", "request", "cause_of_cycle_time", parameters)

    @classmethod
    def rework(cls) -> Outcome:
        """Rework, of returns no longer open."""
        return cls("rework", "reworked", "request", "cause_of_rework")

    @classmethod
    def exception(cls, exception_type: str | None = None) -> Outcome:
        """An exception of one type, or of any."""
        after = "receipt" if exception_type in _AFTER_RECEIPT else "request"
        words = f"flagged for {exception_type.replace('_', ' ')}" if exception_type else "flagged with an exception"
        parameters = {"exception_type": exception_type}
        return cls(f"exception {exception_type or 'of any type'}", words, after, "cause_of_exception", parameters)

    @classmethod
    def low_recovery(cls) -> Outcome:
        """Supplier recovery under target, over the lines of a return that a supplier is liable for."""
        parameters = {"recovery": "supplier_recovery_rate", "kpi": "supplier_recovery_rate"}
        return cls("low recovery", "under the recovery target", "disposition", "cause_of_recovery", parameters)

    @classmethod
    def sla_miss(cls) -> Outcome:
        """Any communication obligation failed."""
        return cls("SLA miss", "left without a due message", "request", "cause_of_sla")

    @classmethod
    def duration_over(cls, limit: float | str) -> Outcome:
        """Elapsed time from first to last event over `limit` seconds, or over the log's own ``median`` or ``p90``.

        Raises UsageError for any other word, or a negative number.
        """
        if limit not in ("median", "p90") and (isinstance(limit, str) or limit < 0):
            raise UsageError(f"The duration is {limit!r}; expected a number of seconds, 'median' or 'p90'.")
        of_log = isinstance(limit, str)
        parameters = {"seconds": None if of_log else limit, "percentile": limit if of_log else None}
        words = f"longer than the {limit}" if isinstance(limit, str) else f"longer than {limit / 3600:g} hours"
        return cls(f"duration over {limit}", words, "request", "cause_of_duration", parameters, business=False)

    @classmethod
    def activity(cls, activity: str) -> Outcome:
        """The activity occurs."""
        parameters = {"activity": activity, "times": 1}
        return cls(f"with {activity}", f"with {activity}", "request", "cause_of_activity", parameters, business=False)

    @classmethod
    def repeated(cls, activity: str | None = None) -> Outcome:
        """The activity, or any, occurs more than once."""
        parameters = {"activity": activity, "times": 2}
        words = f"repeating {activity}" if activity else "repeating an activity"
        return cls(words, words, "request", "cause_of_activity", parameters, business=False)
