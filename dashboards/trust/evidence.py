"""What speaks for and against a build: the shapes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from expectations import ExpectationResult
from mining.log_quality import ClockSkew, Coverage, StampQuality, UndecidablePair
from mining.stamp_gaps import KpiInterval, MissingStamp
from pipeline.load_report import TableLoad


@dataclass(frozen=True)
class Source:
    """A source system: its events in the log, the last of them (UTC) and how many days that is before the as-of.

    `is_needed` when the contract has a table of it that is not optional. None where there is no event.
    """

    system: str
    is_needed: bool
    events: int
    last_event_at: datetime | None
    days_behind: float | None


@dataclass(frozen=True)
class Stamps:
    """How far the stamps of the chosen returns can be trusted, as `mining.log_quality` and `mining.stamp_gaps` say.

    Of shared logins only their number is here.
    """

    quality: tuple[StampQuality, ...]
    doubts: tuple[UndecidablePair, ...]
    skews: tuple[ClockSkew, ...]
    shared_logins: int
    coverage: tuple[Coverage, ...]
    missing: tuple[MissingStamp, ...]
    intervals: tuple[KpiInterval, ...]

    @property
    def events(self) -> int:
        """All events."""
        return sum(one.events for one in self.quality)

    @property
    def dates(self) -> int:
        """Events that are a date without a time."""
        return sum(one.dates for one in self.quality)

    @property
    def steps(self) -> int:
        """Steps from one event of a return to the next."""
        return sum(one.followed for one in self.quality)

    @property
    def undecidable(self) -> int:
        """Steps whose order is only a convention."""
        return sum(one.same_instant + one.same_day for one in self.doubts)


@dataclass(frozen=True)
class Versions:
    """What a build was made with; `is_as_of_given` when the as-of instant was asked for, else it is the last event."""

    contract: int
    is_as_of_given: bool
    cases: int
    events: int


@dataclass(frozen=True)
class Evidence:
    """All of it; `stamps` is None when the filters leave no return, `titles` has the title of each KPI."""

    loads: tuple[TableLoad, ...]
    results: tuple[ExpectationResult, ...]
    sources: tuple[Source, ...]
    stamps: Stamps | None
    titles: Mapping[str, str]
