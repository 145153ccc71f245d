"""Rules about what a case is: when, how long, with which attributes. Lists are sorted: their order says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from mining.cohort.checks import check_one_of, check_period, check_range, make_floats, sort_texts, sorted_texts
from pipeline.errors import UsageError


@dataclass(frozen=True)
class Period:
    """Cases by where they lie in a period: local dates of the case's entity, ``start <= date < end``.

    A case begins with its first event and ends with its last. An open case has begun but its end is not known:
    `contained` and `completed` never keep one, `started` keeps it by its beginning, and `intersecting` keeps it when it
    began before the end of the period, for it still runs. `started` asks nothing of the end.
    """

    kind: ClassVar[str] = "period"
    mode: Literal["contained", "intersecting", "started", "completed"]
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_period(self.start, self.end)


@dataclass(frozen=True)
class Attribute:
    """Cases with (or, with ``keep`` false, without) one of the values in a text column of the log's cases.

    The value None stands for cases without a value.
    """

    kind: ClassVar[str] = "attribute"
    column: str
    values: tuple[str | None, ...]
    keep: bool = True

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of(f"values for the attribute {self.column!r}", self.values)
        named = sorted_texts(value for value in self.values if value is not None)
        object.__setattr__(self, "values", ((None,) if None in self.values else ()) + named)


@dataclass(frozen=True)
class Duration:
    """Cases by how long they take, ``min <= duration <= max``, in elapsed days or business days of their entity.

    `cycle_time` runs from request to close for a closed return and from first to last event for every other case;
    `waiting` is the time between all consecutive events together, `longest_wait` the longest of them. An open case can
    only take longer: it is kept once it has reached `min`, and never under a `max`. A case without a calendar has no
    business days and is not kept.
    """

    kind: ClassVar[str] = "duration"
    measure: Literal["cycle_time", "waiting", "longest_wait"]
    unit: Literal["days", "business_days"] = "days"
    min: float | None = None
    max: float | None = None

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_range("duration", self.min, self.max)
        make_floats(self, "min", "max")


@dataclass(frozen=True)
class EventCount:
    """Cases by the number of events they have so far, ``min <= events <= max``."""

    kind: ClassVar[str] = "events"
    min: int | None = None
    max: int | None = None

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_range("number of events", self.min, self.max)


@dataclass(frozen=True)
class Exceptions:
    """Cases with an exception (`has`), or without any.

    `types` narrows it to those exception types, `only_open` to exceptions that are not resolved.
    """

    kind: ClassVar[str] = "exceptions"
    has: bool = True
    types: tuple[str, ...] = ()
    only_open: bool = False

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        sort_texts(self, "types")


@dataclass(frozen=True)
class Rework:
    """Cases with (or without) rework, as the log's column has_rework says."""

    kind: ClassVar[str] = "rework"
    has: bool = True


@dataclass(frozen=True)
class State:
    """Cases in one of the states. `open` is known for every log, the others for logs that have their columns."""

    kind: ClassVar[str] = "state"
    states: tuple[Literal["open", "closed", "declined", "cancelled"], ...]

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("states", self.states)
        sort_texts(self, "states")


@dataclass(frozen=True)
class BrokenRules:
    """Cases that violate one of these rules of the process, by rule_id; excused cases do not."""

    kind: ClassVar[str] = "broken_rules"
    rule_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("rules of the process in `rule_ids`", self.rule_ids)
        sort_texts(self, "rule_ids")


@dataclass(frozen=True)
class KpiItems:
    """Cases that have an item of a KPI, e.g. one of their lines: one that it counts, or one that it leaves out.

    `in_numerator` are counted items that add to the numerator of a share. `part` is an exception type or obligation of
    the KPI; without it all of them. `slice` and `values` narrow it to items of these sites, channels, reasons ...
    """

    kind: ClassVar[str] = "kpi_items"
    kpi: str
    part: str | None = None
    items: Literal["counted", "in_numerator", "left_out"] = "counted"
    slice: Literal["entity_id", "site", "channel", "reason", "category", "supplier"] | None = None
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        if self.slice is not None:
            check_one_of(f"values for the slice {self.slice!r}", self.values)
        elif self.values:
            raise UsageError("Values of a KPI's items are given, but not of which slice. Name the slice or drop them.")
        sort_texts(self, "values")
