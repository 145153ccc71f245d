"""The returns event log: every event of every live return, in case order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from .clock import Row
from .links import Receipt, Return, World

STATUSES = {
    "pending_approval": ("Approval Requested", 22),
    "approved": ("Return Approved", 25),
    "declined": ("Return Declined", 26),
    "closed": ("Return Closed", 99),
    "reopened": ("Return Reopened", 100),
    "cancelled": ("Return Cancelled", 101),
}
CASE_EVENTS = {
    "info_requested": ("Information Requested", 12),
    "info_received": ("Information Received", 14),
    "escalated": ("Case Escalated", 16),
    "reassigned": ("Case Reassigned", 18),
}
TRACKING = {"picked_up": ("Shipped By Customer", 35), "exception": ("Carrier Exception", 37)}
TRACKING["delivered"] = ("Delivered To Dock", 40)
MEMO_STAMPS = (
    ("Credit Memo Created", 80, "created_at", "created_by"),
    ("Credit Approved", 82, "approved_at", "approved_by"),
    ("Credit Posted", 85, "posted_at", "posted_by"),
    ("Credit Cancelled", 89, "cancelled_at", "cancelled_by"),
)
CLAIM_STAMPS = (
    ("Supplier Claim Created", 93, "created_at", "created_by", None),
    ("Supplier Claim Submitted", 94, "submitted_at", "submitted_by", None),
    ("Supplier Claim Decided", 95, "decided_at", None, "Supplier"),
    ("Supplier Claim Credited", 97, "credited_at", None, "Supplier"),
)


@dataclass(frozen=True)
class Event:
    event_id: str
    case_id: str
    activity: str
    event_at: datetime
    ts_precision: str
    activity_rank: int
    resource: str | None
    department: str
    is_automation: bool
    entity_id: str
    source_system: str
    source_table: str
    source_key: str
    line_no: str | None = None
    receipt_id: str | None = None
    amount: Fraction | None = None
    currency: str | None = None

    @property
    def order(self) -> tuple:
        return (self.event_at, self.ts_precision == "day", self.activity_rank, self.event_id)

    @property
    def is_human(self) -> bool:
        return self.resource is not None and not self.is_automation


class Recorder:
    """Turns rows of one return into events."""

    def __init__(self, one: Return, world: World) -> None:
        self.one, self.world = one, world
        self.users = {row["user_id"]: row for row in world.tables["erp.users"]}
        self.events: list[Event] = []

    def who(self, row: Row, by: str | None, department: str | None, automated: bool) -> tuple[str | None, str, bool]:
        resource = row[by] if by else None
        if resource is None:
            return None, department or "Unknown", automated
        user = self.users.get(resource)
        return (resource, user["department"], user["is_automation"]) if user else (resource, "Unknown", False)

    def add(
        self,
        table: str,
        row: Row,
        activity: tuple[str, int],
        at: str,
        by: str | None = None,
        department: str | None = None,
        automated: bool = False,
        **more: Any,
    ) -> None:
        if row[at] is None:
            return
        system, name = table.split(".")
        resource, department, automated = self.who(row, by, department, automated)
        self.events.append(
            Event(
                event_id=f"{table}:{row['source_key']}:{activity[0]}",
                case_id=self.one.id,
                activity=activity[0],
                event_at=row[at],
                ts_precision=row[f"{at}.precision"],
                activity_rank=activity[1],
                resource=resource,
                department=department,
                is_automation=automated,
                entity_id=self.one.entity_id,
                source_system=system,
                source_table=name,
                source_key=row["source_key"],
                **more,
            )
        )

    def record(self) -> list[Event]:
        self.add("erp.returns", self.one.row, ("RMA Created", 20), "created_at", "created_by")
        for row in self.one.changes:
            if row["to_status"] in STATUSES:
                self.add("erp.return_status_changes", row, STATUSES[row["to_status"]], "changed_at", "changed_by")
        self.record_conversation()
        self.record_transport()
        for receipt in self.one.receipts:
            self.record_receipt(receipt)
        self.record_dispositions()
        self.record_money()
        return sorted(self.events, key=lambda event: event.order)

    def record_conversation(self) -> None:
        for case in self.one.cases:
            self.add("crm.cases", case.row, ("Return Requested", 10), "opened_at", None, "Customer")
            for row in case.events:
                if row["event_type"] in CASE_EVENTS:
                    asked = "Customer" if row["event_type"] == "info_received" else None
                    activity = CASE_EVENTS[row["event_type"]]
                    self.add("crm.case_events", row, activity, "occurred_at", "user_id", asked)
            for row in case.messages:
                if row["direction"] == "outbound":
                    told = ("Customer Notified", 98)
                    self.add("crm.messages", row, told, "sent_at", None, "Customer Service", True)

    def record_transport(self) -> None:
        for row in self.one.tracking:
            if row["event_type"] in TRACKING:
                self.add("tms.tracking_events", row, TRACKING[row["event_type"]], "occurred_at", None, "Carrier")
        for row in self.one.attempts:
            if row["status"] in ("failed", "dead"):
                failed = ("Integration Failed", 110)
                self.add("middleware.messages", row, failed, "occurred_at", None, "Integration", True)

    def record_receipt(self, receipt: Receipt) -> None:
        where = {"receipt_id": receipt.id, "line_no": receipt.line["line_no"] if receipt.line else None}
        self.add("wms.receipts", receipt.row, ("Goods Received", 45), "received_at", "received_by", **where)
        for position, row in enumerate(receipt.postings):
            activity = ("Stock Status Changed", 48) if position else ("Receipt Posted", 47)
            self.add("erp.stock_postings", row, activity, "posted_at", "posted_by", **where)
        for row in receipt.inspections:
            started, completed = ("Inspection Started", 55), ("Inspection Completed", 60)
            self.add("wms.inspections", row, started, "started_at", "inspected_by", **where)
            self.add("wms.inspections", row, completed, "completed_at", "inspected_by", **where)

    def record_dispositions(self) -> None:
        for row in self.one.dispositions:
            line = {"line_no": row["line_no"]}
            self.add("erp.dispositions", row, ("Disposition Decided", 70), "decided_at", "decided_by", **line)
            rule = disposition_rule(self.world, self.one.entity_id, row["disposition_code"])
            executed = (rule.get("executed_activity", "Disposition Executed"), 75)
            gained = {"amount": row["recovered_value"], "currency": row["currency"], **line}
            self.add("erp.dispositions", row, executed, "executed_at", "executed_by", **gained)

    def record_money(self) -> None:
        for row in self.one.memos:
            money = {"amount": row["amount"], "currency": row["currency"], "line_no": row["line_no"]}
            for activity, rank, at, by in MEMO_STAMPS:
                self.add("erp.credit_memos", row, (activity, rank), at, by, **money)
        for row in self.one.replacements:
            self.add("erp.replacement_orders", row, ("Replacement Ordered", 90), "created_at", "created_by")
            shipped = ("Replacement Shipped", 92)
            self.add("erp.replacement_orders", row, shipped, "shipped_at", None, "Warehouse")
        for row in self.one.claims:
            for activity, rank, at, by, department in CLAIM_STAMPS:
                amount = row["recovered_amount"] if at == "credited_at" else row["claimed_amount"]
                money = {"amount": amount, "currency": row["currency"], "line_no": row["line_no"]}
                self.add("erp.supplier_claims", row, (activity, rank), at, by, department, **money)


def mapped(world: World, domain: str, entity_id: str | None, code: str) -> str | None:
    """The standard code of a source code: the entity's own row, else that of all; None without either."""
    rows = world.tables["reference.code_map"]
    found = {r["entity_id"]: r["standard_code"] for r in rows if (r["domain"], r["source_code"]) == (domain, code)}
    return found.get(entity_id, found.get("*"))


def disposition_rule(world: World, entity_id: str, code: str) -> Row:
    """The row of `reference/dispositions` that a source code means; empty when unmapped."""
    standard = mapped(world, "disposition", entity_id, code)
    rules = (row for row in world.tables["reference.dispositions"] if row["disposition_code"] == standard)
    return next(rules, {})


def event_log(world: World) -> dict[str, list[Event]]:
    """Events in case order, by return."""
    return {one.id: Recorder(one, world).record() for one in world.returns.values()}


def latest_event(log: dict[str, list[Event]]) -> datetime | None:
    return max((event.event_at for events in log.values() for event in events), default=None)


def all_events(log: dict[str, list[Event]]) -> Iterator[Event]:
    for case_id in sorted(log):
        yield from log[case_id]
