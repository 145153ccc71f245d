"""The shapes of what the pages are told by the warehouse."""

from __future__ import annotations

from collections.abc import Mapping
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
class FrozenFigures:
    """The figures of a frozen baseline by measure, in the measure's unit; None where nothing was measured."""

    name: str
    values: Mapping[str, float | None]
