"""A return with its goods and everything else that the source systems hold about it.

Instants are UTC epoch seconds, money is hundredths of its currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.contacts import Attempt, Case, Tracking
from simulator.papers import Claim, CreditMemo, Disposition, Line, OrderLine, Replacement
from simulator.world import Customer, Entity, Product, Warehouse


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
