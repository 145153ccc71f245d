"""The shapes of what is recovered and what is left: by disposition, by supplier, by claim window, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pipeline.export.workbook import Column


@dataclass(frozen=True)
class Recovered:
    """Lines with an executed disposition: what they cost and what came back, in the reporting currency.

    `disposition` is the one code of the line, or `several`. `left_out` lines, whose cost or rate is unknown, are in no
    sum.
    """

    disposition: str
    lines: int
    left_out: int
    cost: float
    recovered: float


@dataclass(frozen=True)
class SupplierFunnel:
    """Decided lines that a supplier is liable for, by how far their claims came; costs in the reporting currency.

    Every stage holds the one after it: eligible, filed (a claim is submitted), decided, credited. `without_cost` lines
    have no cost and are in no sum. `credited_money` is what the supplier credited, `unclaimed_cost` what was not filed.
    """

    supplier: str
    eligible: int
    filed: int
    decided: int
    credited: int
    eligible_cost: float
    filed_cost: float
    decided_cost: float
    credited_cost: float
    credited_money: float
    unclaimed_cost: float
    without_cost: int


@dataclass(frozen=True)
class ClaimWindow:
    """Lines without a filed claim by when their claim window ends, and their cost in the reporting currency."""

    ends: str
    lines: int
    cost: float


@dataclass(frozen=True)
class PacketLine:
    """A line that could still be claimed of a supplier, with what a claim needs.

    `unit_cost` and `line_cost` are in `cost_currency`, `claim_value` is the cost in `value_currency`, the reporting
    currency, as the page adds it up. Instants are UTC; lists are joined with `, `. No person is named. Beside each
    field stands its column of the workbook.
    """

    supplier: Annotated[str, Column("Supplier", "text", 12)]
    rma_number: Annotated[str, Column("RMA", "text", 16)]
    line_no: Annotated[str, Column("Line", "text", 6)]
    return_id: Annotated[str, Column("Return", "text", 18)]
    entity_id: Annotated[str, Column("Entity", "text", 8)]
    sku: Annotated[str, Column("SKU", "text", 14)]
    category: Annotated[str | None, Column("Category", "text", 16)]
    order_id: Annotated[str | None, Column("Order", "text", 16)]
    order_line_no: Annotated[str | None, Column("Order line", "text", 10)]
    requested_at: Annotated[datetime, Column("Requested (UTC)", "instant", 17)]
    quantity: Annotated[Decimal, Column("Quantity", "number", 10)]
    unit_cost: Annotated[Decimal | None, Column("Unit cost", "amount", 12)]
    line_cost: Annotated[Decimal | None, Column("Line cost", "amount", 12)]
    cost_currency: Annotated[str | None, Column("Currency of cost", "text", 10)]
    claim_value: Annotated[float | None, Column("Claim value", "amount", 12)]
    value_currency: Annotated[str, Column("Currency of value", "text", 10)]
    reason: Annotated[str | None, Column("Reason", "text", 20)]
    warranty_status: Annotated[str | None, Column("Warranty", "text", 14)]
    receipts: Annotated[str | None, Column("Receipts", "text", 22)]
    received_quantity: Annotated[Decimal | None, Column("Received quantity", "number", 10)]
    first_received_at: Annotated[datetime | None, Column("First received (UTC)", "instant", 17)]
    findings: Annotated[str | None, Column("Inspection findings", "text", 24)]
    dispositions: Annotated[str | None, Column("Dispositions", "text", 20)]
    decided_at: Annotated[datetime, Column("Decided (UTC)", "instant", 17)]
    window_ends_at: Annotated[datetime | None, Column("Claim window ends (UTC)", "instant", 17)]
    days_left: Annotated[float | None, Column("Days left", "number", 10)]


@dataclass(frozen=True)
class Evidence:
    """A document behind a line of a packet, by its number and the key of its record in the source system.

    `dated_at` is UTC; `what` says what the document states, e.g. the condition that an inspection found.
    """

    rma_number: Annotated[str, Column("RMA", "text", 16)]
    line_no: Annotated[str, Column("Line", "text", 6)]
    kind: Annotated[str, Column("Document", "text", 18)]
    number: Annotated[str, Column("Number", "text", 20)]
    dated_at: Annotated[datetime | None, Column("Dated (UTC)", "instant", 17)]
    what: Annotated[str | None, Column("States", "text", 32)]
    quantity: Annotated[Decimal | None, Column("Quantity", "number", 10)]
    amount: Annotated[Decimal | None, Column("Amount", "amount", 12)]
    currency: Annotated[str | None, Column("Currency", "text", 10)]
    source_system: Annotated[str, Column("Source system", "text", 10)]
    source_table: Annotated[str, Column("Source table", "text", 18)]
    source_key: Annotated[str, Column("Source key", "text", 28)]
