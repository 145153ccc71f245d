"""The lines of orders and returns, and the ERP's papers about them: dispositions, credits, replacements, claims."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.world import Customer, Entity, Product


@dataclass(slots=True)
class OrderLine:
    """A sales order line."""

    order_id: str
    line_no: str
    customer: Customer
    product: Product
    quantity: int
    unit_price: int
    ordered_at: int
    shipped_at: int


@dataclass(slots=True)
class Line:
    """A return line."""

    line_no: str
    order_line: OrderLine
    quantity: int
    reason_code: str | None
    serial_number: str | None


@dataclass(slots=True)
class Disposition:
    """What is to become of a quantity of a line."""

    disposition_id: str
    line_no: str
    quantity: int
    code: str
    decided_at: int
    decided_by: str
    executed_at: int | None = None
    executed_by: str | None = None
    recovered_value: int | None = None
    currency: str = "USD"
    dates: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class CreditMemo:
    """A credit memo; ``dates`` holds stamps written as a date only, here and in the other documents."""

    credit_memo_id: str
    entity: Entity
    return_id: str | None
    line_no: str | None
    amount: int
    currency: str
    created_at: int
    created_by: str
    approved_at: int | None = None
    approved_by: str | None = None
    posted_at: int | None = None
    posted_by: str | None = None
    gl_document: str | None = None
    cancelled_at: int | None = None
    cancelled_by: str | None = None
    dates: dict[str, str] = field(default_factory=dict)

    @property
    def is_effective(self) -> bool:
        """Posted and not cancelled."""
        return self.posted_at is not None and self.cancelled_at is None


@dataclass(slots=True)
class Replacement:
    """A replacement order."""

    replacement_id: str
    entity: Entity
    return_id: str | None
    customer: Customer
    product: Product
    quantity: int
    created_at: int
    created_by: str
    shipped_at: int | None = None
    dates: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Claim:
    """A supplier claim for a return line."""

    claim_id: str
    line: Line
    claimed_amount: int
    created_at: int
    created_by: str
    submitted_at: int | None = None
    submitted_by: str | None = None
    decided_at: int | None = None
    decision: str | None = None
    recovered_amount: int | None = None
    credited_at: int | None = None
    dates: dict[str, str] = field(default_factory=dict)
