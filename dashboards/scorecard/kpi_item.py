"""The shape of what a KPI counts or leaves out, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KpiItem:
    """An item of a KPI: the return it is about, what it adds, or why it is left out.

    `date` is the local date of its anchor, that of the request for a KPI without a period. `value` is in the KPI's
    unit; `numerator` and `denominator` are of ratios. `left_out_reason` is None for what counts.
    """

    kpi: str
    part: str | None
    item_id: str
    case_id: str | None
    rma_number: str | None
    entity_id: str | None
    site: str
    reason: str
    date: date | None
    value: float | None
    numerator: float | None
    denominator: float | None
    left_out_reason: str | None
