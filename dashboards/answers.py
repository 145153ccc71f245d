"""The shapes of what the pages are told by the warehouse."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A KPI measure and what the KPI means. `part` is an exception type or obligation, None for the whole."""

    measure: str
    kpi: str
    part: str | None
    statistic: str
    title: str
    unit: str
    population: str
    definition: str
    anchor: str


@dataclass(frozen=True)
class Target:
    """The target of a measure for an entity (`*`: any), in the measure's unit; `better` is lower or higher."""

    measure: str
    entity_id: str
    target: float
    better: str


@dataclass(frozen=True)
class LeftOut:
    """How many items a KPI leaves out for a reason; `is_lacking` when the reason is missing data."""

    kpi: str
    part: str | None
    reason: str
    is_lacking: bool
    items: int


@dataclass(frozen=True)
class FlowEdge:
    """One activity directly following another: how often, in how many returns, and the wait between (seconds)."""

    activity: str
    next_activity: str
    frequency: int
    cases: int
    mean_seconds: float | None
    median_seconds: float | None
    mean_business_seconds: float | None
    median_business_seconds: float | None


@dataclass(frozen=True)
class FlowStep:
    """An activity: its events, the returns that have it, that begin with it, and finished ones that end with it."""

    activity: str
    events: int
    cases: int
    starts: int
    ends: int
