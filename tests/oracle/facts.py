"""The terms of the KPI definitions and rules, per return and per line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from .clock import Row
from .links import Receipt, Return, World
from .log import Event, disposition_rule, mapped

SLICES = ("entity", "site", "channel", "reason", "category", "supplier")
ENDED = ("Return Cancelled", "Return Declined")
GONE = ("scrapped", "returned_to_vendor", "returned_to_customer")


@dataclass
class Facts:
    """One return with its events; everything derived is computed when asked."""

    world: World
    one: Return
    events: list[Event]

    def of(self, *activities: str) -> list[Event]:
        return [event for event in self.events if event.activity in activities]

    def first(self, *activities: str) -> datetime | None:
        return min((event.event_at for event in self.of(*activities)), default=None)

    @property
    def last_close(self) -> datetime | None:
        closes = self.of("Return Closed")
        return closes[-1].event_at if closes else None

    @property
    def is_ended(self) -> bool:
        return bool(self.of(*ENDED))

    @property
    def _closed_last(self) -> bool:
        turns = self.of("Return Closed", "Return Reopened")
        return bool(turns) and turns[-1].activity == "Return Closed"

    @property
    def is_closed(self) -> bool:
        return self._closed_last and not self.is_ended

    @property
    def is_open(self) -> bool:
        return not self._closed_last and not self.is_ended

    @property
    def effective_memos(self) -> list[Row]:
        """In order of posting, then id."""
        memos = [memo for memo in self.one.memos if is_effective(memo)]
        return sorted(memos, key=lambda memo: (memo["posted_at"], memo["credit_memo_id"]))

    @property
    def first_posting(self) -> datetime | None:
        return self.effective_memos[0]["posted_at"] if self.effective_memos else None

    @property
    def first_receipt(self) -> datetime | None:
        return self.one.receipts[0].at if self.one.receipts else None

    @property
    def has_rework(self) -> bool:
        created = self.one.row["created_at"]
        completed = [sum(i["completed_at"] is not None for i in r.inspections) for r in self.one.receipts]
        return bool(
            self.of("Return Reopened", "Credit Cancelled")
            or any(event.event_at > created for event in self.of("Information Requested"))
            or any(count >= 2 for count in completed)
        )

    def line_dispositions(self, line: Row) -> list[Row]:
        return [row for row in self.one.dispositions if row["line_no"] == line["line_no"]]

    def line_claims(self, line: Row) -> list[Row]:
        return [row for row in self.one.claims if row["line_no"] == line["line_no"]]

    def first_decision(self, line: Row | None) -> datetime | None:
        rows = self.line_dispositions(line) if line else []
        return min((row["decided_at"] for row in rows), default=None)

    def needs_receipt(self, disposition: Row) -> bool:
        rule = disposition_rule(self.world, self.one.entity_id, disposition["disposition_code"])
        return rule.get("needs_receipt", True)

    def product(self, sku: str) -> Row:
        return next((row for row in self.world.tables["erp.products"] if row["sku"] == sku), {})

    def is_supplier_liable(self, line: Row) -> bool:
        reasons = self.world.tables["reference.reasons"]
        standard = self.standard_reason(line)
        liable = next((row["supplier_liable"] for row in reasons if row["reason_code"] == standard), False)
        return liable and self.supplier(line).get("recovery_agreement", False)

    def supplier(self, line: Row) -> Row:
        supplier_id = self.product(line["sku"]).get("supplier_id")
        suppliers = self.world.tables["erp.suppliers"]
        return next((row for row in suppliers if row["supplier_id"] == supplier_id), {})

    def standard_reason(self, line: Row) -> str | None:
        if line["reason_code"] is None:
            return None
        return mapped(self.world, "reason", self.one.entity_id, line["reason_code"])

    def slices(self, line: Row | None, site_id: str | None) -> dict[str, str]:
        """Groups of an item of this return: `line` and `site_id` are those of the item."""
        return {
            "entity": self.one.entity_id,
            "site": site_id or "missing",
            "channel": self._code("channel", self.one.row["channel"]),
            "reason": self._code("reason", line["reason_code"] if line else None),
            "category": (self.product(line["sku"]).get("category") if line else None) or "missing",
            "supplier": (self.product(line["sku"]).get("supplier_id") if line else None) or "missing",
        }

    def _code(self, domain: str, code: str | None) -> str:
        return "missing" if code is None else mapped(self.world, domain, self.one.entity_id, code) or "unmapped"

    @property
    def site_id(self) -> str | None:
        return self.one.receipts[0].row["site_id"] if self.one.receipts else None

    def return_slices(self) -> dict[str, str]:
        return self.slices(self.one.lines[0] if self.one.lines else None, self.site_id)

    def line_slices(self, line: Row) -> dict[str, str]:
        return self.slices(line, self.site_id)

    def receipt_slices(self, receipt: Receipt) -> dict[str, str]:
        return self.slices(receipt.line, receipt.row["site_id"])

    def cost(self, sku: str, quantity: Fraction, at: datetime) -> Fraction | None:
        """Quantity at unit cost in the reporting currency; None without product or rate."""
        product = self.product(sku)
        if not product:
            return None
        return self.money(quantity * product["unit_cost"], product["cost_currency"], at)

    def money(self, amount: Fraction, currency: str, at: datetime) -> Fraction | None:
        return self.world.clock.convert(amount, currency, at, self.one.entity_id)

    def policy(self, name: str, default: int) -> Fraction:
        return policy(self.world, self.one.entity_id, name, default)


def is_effective(memo: Row) -> bool:
    return memo["posted_at"] is not None and memo["cancelled_at"] is None


def policy(world: World, entity_id: str | None, name: str, default: int) -> Fraction:
    rows = world.tables["reference.policies"]
    values = {row["entity_id"]: row["value"] for row in rows if row["policy"] == name}
    return values.get(entity_id, values.get("*", Fraction(default)))


def last_status(rows: list[Row]) -> str | None:
    """Rows are in order of time, then id."""
    return rows[-1]["stock_status"] if rows else None


def all_facts(world: World, log: dict[str, list[Event]]) -> list[Facts]:
    return [Facts(world, one, log[one.id]) for one in world.returns.values()]
