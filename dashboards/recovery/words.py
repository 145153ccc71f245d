"""Sentences about what is recovered and what is left on the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.charts.ranking import Ranked
from dashboards.recovery.amounts import ClaimWindow, Recovered, SupplierFunnel
from pipeline import formats
from pipeline.kpis import KpiRow

SOON = "within 7 days"


def headline(kpis: Mapping[str, KpiRow], windows: Sequence[ClaimWindow], currency: str) -> str:
    """Say what share came back, what was not claimed, and what of it is urgent."""
    recovery, credited, unclaimed = (
        kpis[name] for name in ("recovery_rate", "supplier_recovery_rate", "unclaimed_supplier_value")
    )
    parts = []
    if recovery.value is not None:
        parts.append(f"{formats.share(recovery.value)} of the cost of what was disposed of is recovered.")
    if credited.value is not None:
        parts.append(f"Suppliers credited {formats.share(credited.value)} of what they are liable for.")
    if unclaimed.n:
        left = formats.money(unclaimed.value or 0.0, currency)
        lines = "one line" if unclaimed.n == 1 else f"{formats.count(unclaimed.n)} lines"
        parts.append(f"{left} is left on the table: {lines} without a submitted claim{_urgency(windows, currency)}.")
    else:
        parts.append("Every line that a supplier is liable for is claimed." if credited.n else "No supplier is liable.")
    return " ".join(parts)


def _urgency(windows: Sequence[ClaimWindow], currency: str) -> str:
    """Say what can no longer be claimed and what must be claimed soon."""
    told = {one.ends: one for one in windows}
    parts = []
    if over := told.get("is over"):
        parts.append(f"the window of {formats.money(over.cost, currency)} is over")
    if soon := told.get(SOON):
        parts.append(f"that of {formats.money(soon.cost, currency)} ends within 7 days")
    return f"; {' and '.join(parts)}" if parts else ""


def stages(suppliers: Sequence[SupplierFunnel], currency: str) -> list[Ranked]:
    """Return the funnel of all suppliers together: how many lines came how far, and what they cost."""
    everything = sum(one.eligible for one in suppliers)
    found = []
    for field in ("eligible", "filed", "decided", "credited"):
        lines = sum(getattr(one, field) for one in suppliers)
        cost = sum(getattr(one, f"{field}_cost") for one in suppliers)
        share = formats.share(lines / everything) if everything else formats.NOTHING
        words = f"{formats.count(lines)} lines, {share}, {formats.money(cost, currency)}"
        found.append(Ranked(field.capitalize(), "", float(lines), words))
    return found


STAGES = (
    "Eligible: decided lines that a supplier is liable for. Filed: a claim is submitted. Decided: the supplier has "
    "answered. Credited: the supplier has credited it. Beside the bars the cost of the lines, not what was credited."
)


def dispositions(recovered: Sequence[Recovered], currency: str) -> list[Ranked]:
    """Return what share of the cost came back by disposition."""
    return [
        Ranked(
            one.disposition,
            f"{formats.count(one.lines)} lines",
            one.recovered / one.cost if one.cost else 0.0,
            f"{formats.share(one.recovered / one.cost if one.cost else None)}, "
            f"{formats.money(one.recovered, currency)} of {formats.money(one.cost, currency)}",
        )
        for one in recovered
        if one.lines
    ]


def left_out(recovered: Sequence[Recovered], suppliers: Sequence[SupplierFunnel]) -> str:
    """Say how many lines are in no sum."""
    lines, liable = sum(one.left_out for one in recovered), sum(one.without_cost for one in suppliers)
    return (
        f"Left out of the sums, for a cost or an exchange rate is unknown: {formats.count(lines)} disposed-of lines, "
        f"{formats.count(liable)} eligible ones."
    )
