"""What missing and coarse stamps do to returns: documents that lack one, and how far that lets a KPI vary."""

from __future__ import annotations

from dataclasses import dataclass

from mining.log import EventLog


@dataclass(frozen=True)
class MissingStamp:
    """A stamp that documents of returns should get: `missing` where the return is over, `not_yet` where it is open."""

    stamp: str
    documents: int
    missing: int
    not_yet: int


@dataclass(frozen=True)
class KpiInterval:
    """A KPI in business days by its stamps, and the least and the most it can be.

    A date without a time is anything from opening to closing of that local day; the published KPI reads it as closing.
    `uncertain` of the `items` depend on such a date. None of nothing.
    """

    kpi: str
    items: int
    uncertain: int
    mean: float | None
    median: float | None
    least_mean: float | None
    least_median: float | None
    most_mean: float | None
    most_median: float | None


def missing_stamps(log: EventLog) -> tuple[MissingStamp, ...]:
    """Return the stamps that inspections, dispositions, credits, replacements and receipts of a log's returns lack."""
    return tuple(MissingStamp(*row) for row in log.rows("missing_stamps"))


def kpi_intervals(log: EventLog) -> tuple[KpiInterval, ...]:
    """Return cycle time, credit lag and time from decision to credit with the interval that coarse stamps leave.

    The items are those of the published KPIs whose calendar is known. Bounds are exact for the mean and the median,
    because both only grow when a duration does.
    """
    return tuple(KpiInterval(*row) for row in log.rows("kpi_bounds"))
