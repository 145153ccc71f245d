"""The claim packet of a supplier as a workbook: what it adds up to, what is claimed, and the documents behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from decimal import Decimal

from dashboards.recovery.amounts import Evidence, PacketLine, SupplierFunnel
from pipeline.export.workbook import Cell, Column, Sheet, columns_of, workbook_bytes

_SUMMARY = (
    Column("What", "text", 52),
    Column("Lines", "number", 10),
    Column("Quantity", "number", 12),
    Column("Cost", "amount", 16),
    Column("Currency", "text", 10),
)


def packet_file(
    funnel: SupplierFunnel, lines: Sequence[PacketLine], documents: Sequence[Evidence], as_of: datetime, selection: str
) -> bytes:
    """Return the packet of the supplier of `funnel` as XLSX; `selection` says which returns it looked at."""
    sheets = (
        Sheet("Summary", _SUMMARY, summary(funnel, lines, as_of, selection)),
        Sheet("Claim", columns_of(PacketLine), [astuple(one) for one in lines]),
        Sheet("Evidence", columns_of(Evidence), [astuple(one) for one in documents]),
    )
    return workbook_bytes(sheets, as_of)


def summary(
    funnel: SupplierFunnel, lines: Sequence[PacketLine], as_of: datetime, selection: str
) -> list[tuple[Cell, ...]]:
    """Return how the packet adds up to what the page says of the supplier, then its cost by currency.

    Eligible less filed is unclaimed; unclaimed less what is too late is the packet.
    """
    claimed, currency = _value(lines), next((one.value_currency for one in lines), "")
    unfiled = funnel.eligible - funnel.filed
    steps: list[tuple[Cell, ...]] = [
        (f"Claim packet of supplier {funnel.supplier}", None, None, None, None),
        (f"As of {as_of:%Y-%m-%d %H:%M} UTC; {selection}", None, None, None, None),
        ("Eligible: the supplier is liable", funnel.eligible, None, funnel.eligible_cost, currency),
        ("of these filed", funnel.filed, None, funnel.filed_cost, currency),
        ("of these unclaimed", unfiled, None, funnel.unclaimed_cost, currency),
        ("Unclaimed, the window is over", unfiled - len(lines), None, funnel.unclaimed_cost - claimed, currency),
        ("Unclaimed, in this packet", len(lines), _quantity(lines), claimed, currency),
    ]
    unvalued = sum(one.claim_value is None for one in lines)
    if unvalued:
        steps.append(("of these without a known cost or rate, in no sum", unvalued, None, None, None))
    return steps + _by_currency(lines)


def _by_currency(lines: Sequence[PacketLine]) -> list[tuple[Cell, ...]]:
    found: dict[str, list[PacketLine]] = defaultdict(list)
    for one in lines:
        if one.line_cost is not None:
            found[one.cost_currency or "no currency"].append(one)
    return [
        (
            f"In this packet, cost in {currency}",
            len(of_it),
            _quantity(of_it),
            sum((one.line_cost or Decimal() for one in of_it), Decimal()),
            currency,
        )
        for currency, of_it in sorted(found.items())
    ]


def _value(lines: Sequence[PacketLine]) -> float:
    return sum(one.claim_value or 0.0 for one in lines)


def _quantity(lines: Sequence[PacketLine]) -> Decimal:
    return sum((one.quantity for one in lines), Decimal())
