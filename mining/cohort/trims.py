"""The steps that cut events off cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from mining.cohort.checks import check_one_of, check_period, sort_texts


@dataclass(frozen=True)
class TrimToPeriod:
    """Cut the events outside a period: local dates of the case's entity, ``start <= date < end``.

    Cases without an event left are dropped. An open case stays open.
    """

    kind: ClassVar[str] = "trim_to_period"
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_period(self.start, self.end)


@dataclass(frozen=True)
class TrimToEndpoints:
    """Cut each case to the section from one event to another, both kept.

    The section runs from the first (or last) event of `first` to the first (or last) event of `last` that is not
    before it. An empty list means the beginning or the end of the case. Cases without such a section are dropped. A
    section with a `last` event has ended, also in an open case: the rules after it know its duration and its end.
    """

    kind: ClassVar[str] = "trim_to_endpoints"
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    first_occurrence: Literal["first", "last"] = "first"
    last_occurrence: Literal["first", "last"] = "last"

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("activities in `first` or `last`", self.first + self.last)
        sort_texts(self, "first", "last")


Trim = TrimToPeriod | TrimToEndpoints
