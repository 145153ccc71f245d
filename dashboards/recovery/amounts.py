"""The shapes of what is recovered and what is left: by disposition, by supplier, by claim window, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


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
    currency, as the page adds it up. Instants are UTC; lists are joined with `, `. No person is named.
    """

    supplier: str
    rma_number: str
    line_no: str
    return_id: str
    entity_id: str
    sku: str
    category: str | None
    order_id: str | None
    order_line_no: str | None
    requested_at: datetime
    quantity: Decimal
    unit_cost: Decimal | None
    line_cost: Decimal | None
    cost_currency: str | None
    claim_value: float | None
    value_currency: str
    reason: str | None
    warranty_status: str | None
    receipts: str | None
    received_quantity: Decimal | None
    first_received_at: datetime | None
    findings: str | None
    dispositions: str | None
    decided_at: datetime
    window_ends_at: datetime | None
    days_left: float | None


@dataclass(frozen=True)
class Evidence:
    """A document behind a line of a packet, by its number and the key of its record in the source system.

    `dated_at` is UTC; `what` says what the document states, e.g. the condition that an inspection found.
    """

    rma_number: str
    line_no: str
    kind: str
    number: str
    dated_at: datetime | None
    what: str | None
    quantity: Decimal | None
    amount: Decimal | None
    currency: str | None
    source_system: str
    source_table: str
    source_key: str
