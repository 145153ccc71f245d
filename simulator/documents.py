"""The documents that source systems hold about one return. Instants are UTC epoch seconds, money is hundredths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.world import Customer, Entity, Product, Warehouse


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
class Change:
    """A status change of a return."""

    change_id: str
    from_status: str | None
    to_status: str
    changed_at: int
    changed_by: str


@dataclass(slots=True)
class Inspection:
    """An inspection of a receipt."""

    inspection_id: str
    started_at: int
    completed_at: int | None
    inspected_by: str
    condition_code: str | None = None


@dataclass(slots=True)
class StockStatus:
    """A stock move (WMS) or a stock posting (ERP) of a receipt."""

    key: str
    stock_status: str
    moved_at: int
    moved_by: str


@dataclass(slots=True)
class Receipt:
    """Goods received at a site; ``line`` is the return line they belong to, None for goods nobody announced."""

    receipt_id: str
    site: Warehouse
    rma_written: str | None
    product: Product
    line: Line | None
    quantity: int
    received_at: int
    received_by: str
    inspections: list[Inspection] = field(default_factory=list)
    moves: list[StockStatus] = field(default_factory=list)
    postings: list[StockStatus] = field(default_factory=list)


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


@dataclass(slots=True)
class CaseEvent:
    """Something that happened in a CRM case."""

    event_id: str
    event_type: str
    occurred_at: int
    user_id: str | None


@dataclass(slots=True)
class Message:
    """A message between the distributor and the customer."""

    message_id: str
    direction: str
    message_type: str
    sent_at: int


@dataclass(slots=True)
class Case:
    """A CRM case; ``rma_written`` is the RMA number as somebody wrote it, None when there is none."""

    case_id: str
    customer: Customer
    rma_written: str | None
    channel_code: str
    opened_at: int
    owner: str | None = None
    closed_at: int | None = None
    note: str | None = None
    events: list[CaseEvent] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Tracking:
    """A carrier's tracking event."""

    event_id: str
    event_type: str
    occurred_at: int
    carrier: str
    rma_written: str


@dataclass(slots=True)
class Attempt:
    """One attempt of a middleware message."""

    message_id: str
    attempt: int
    interface: str
    status: str
    occurred_at: int
    error_code: str | None


@dataclass(slots=True)
class Return:
    """A return with everything that belongs to it; ``number`` is its plan's."""

    number: int
    return_id: str
    rma_number: str
    customer: Customer
    channel_code: str
    order_id: str
    resolution: str
    created_at: int
    created_by: str
    lines: list[Line]
    deleted_at: int | None = None
    changes: list[Change] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    tracking: list[Tracking] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    dispositions: list[Disposition] = field(default_factory=list)
    memos: list[CreditMemo] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def entity(self) -> Entity:
        """The entity that takes the goods back."""
        return self.customer.entity

    def status_times(self, status: str) -> list[int]:
        """Return when the return took a status, in order."""
        return sorted(change.changed_at for change in self.changes if change.to_status == status)

    def first_received_at(self) -> int | None:
        """Return when the first goods were received."""
        return min((receipt.received_at for receipt in self.receipts), default=None)

    def first_decided_at(self, line: Line) -> int | None:
        """Return the first disposition of a line."""
        return min((d.decided_at for d in self.dispositions if d.line_no == line.line_no), default=None)

    @property
    def is_closed(self) -> bool:
        """Closed last, and neither cancelled nor declined."""
        closed, reopened = self.status_times("closed"), self.status_times("reopened")
        return bool(closed) and (not reopened or reopened[-1] < closed[-1]) and not self.is_void

    @property
    def is_void(self) -> bool:
        """Cancelled or declined."""
        return any(change.to_status in ("cancelled", "declined") for change in self.changes)


@dataclass(slots=True)
class Books:
    """Everything the source systems hold: returns, and what belongs to no return."""

    order_lines: list[OrderLine] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    stray_receipts: list[Receipt] = field(default_factory=list)
    stray_memos: list[CreditMemo] = field(default_factory=list)
    stray_replacements: list[Replacement] = field(default_factory=list)
    stray_cases: list[Case] = field(default_factory=list)

    def live_returns(self) -> Iterator[Return]:
        """Yield the returns that are not deleted."""
        return (document for document in self.returns if document.deleted_at is None)
