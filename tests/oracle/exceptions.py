"""The exceptions, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from .clock import Row
from .facts import Facts, is_effective, last_status, policy
from .links import Receipt, World

MISSING = dict.fromkeys(("site", "channel", "reason", "category", "supplier"), "missing")
CENT = Fraction(1, 100)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    exception_type: str
    object_type: str
    object_id: str
    case_id: str | None
    entity_id: str | None
    detected_at: datetime
    resolved_at: datetime | None
    value: Fraction | None
    slices: dict[str, str]


def span(number: Fraction, unit: timedelta) -> timedelta:
    return timedelta(microseconds=int(number * (unit // timedelta(microseconds=1))))


def find_all(world: World, facts: list[Facts], as_of: datetime | None) -> list[Finding]:
    found: list[Finding] = []
    found += duplicate_returns(facts)
    for one in facts:
        found += line_findings(one, as_of)
        for receipt in one.one.receipts:
            found += receipt_findings(one, receipt, as_of)
        found += credit_findings(one)
        found += return_findings(one, as_of)
    found += unmatched_findings(world)
    found += integration_failures(world, {one.one.id: one for one in facts})
    return found


def of_return(
    one: Facts,
    kind: str,
    detected: datetime,
    resolved: datetime | None = None,
    value: Fraction | None = None,
    target: tuple[str, str] | None = None,
    slices: dict[str, str] | None = None,
) -> Finding:
    """A finding of a return, or with `target` (object type, id) of something that belongs to it."""
    object_type, object_id = target or ("return", one.one.id)
    groups = slices or one.return_slices()
    return Finding(kind, object_type, object_id, one.one.id, one.one.entity_id, detected, resolved, value, groups)


def sold_quantities(world: World) -> dict[tuple[str, str], Fraction]:
    rows = world.tables["erp.sales_order_lines"]
    return {(row["order_id"], row["line_no"]): row["quantity"] for row in rows}


def duplicate_returns(facts: list[Facts]) -> Iterator[Finding]:
    counted = sorted((f for f in facts if not f.is_ended), key=lambda f: (f.one.row["created_at"], f.one.id))
    taken: dict[tuple[str, str], Fraction] = {}
    for one in counted:
        sold, order_id = sold_quantities(one.world), one.one.row["order_id"]
        keys = [(order_id, line["order_line_no"]) for line in one.one.lines]
        offending = [
            line
            for key, line in zip(keys, one.one.lines, strict=True)
            if key in sold and taken.get(key, 0) + line["quantity"] > sold[key]
        ]
        for key, line in zip(keys, one.one.lines, strict=True):
            taken[key] = taken.get(key, Fraction(0)) + line["quantity"]
        if offending:
            created = one.one.row["created_at"]
            worth = sum(line["quantity"] * line["unit_price"] for line in offending)
            yield of_return(one, "duplicate_return", created, value=one.money(worth, one.one.row["currency"], created))


def line_findings(one: Facts, as_of: datetime) -> Iterator[Finding]:
    for line in one.one.lines:
        target, slices = ("return_line", f"{one.one.id}-{line['line_no']}"), one.line_slices(line)
        if one.standard_reason(line) is None:
            yield of_return(one, "missing_reason", one.one.row["created_at"], target=target, slices=slices)
        decided = one.first_decision(line)
        if decided is None or not one.is_supplier_liable(line):
            continue
        ends = decided + timedelta(days=one.supplier(line)["claim_window_days"])
        submitted = sorted(c["submitted_at"] for c in one.line_claims(line) if c["submitted_at"] is not None)
        if ends < as_of and not any(at <= ends for at in submitted):
            resolved, value = submitted[0] if submitted else None, one.cost(line["sku"], line["quantity"], ends)
            yield of_return(one, "unclaimed_recovery", ends, resolved, value, target, slices)


def receipt_findings(one: Facts, receipt: Receipt, as_of: datetime) -> Iterator[Finding]:
    place = {"target": ("receipt", receipt.id), "slices": one.receipt_slices(receipt)}
    approved = one.first("Return Approved")
    if approved is None or receipt.at < approved:
        yield of_return(one, "receipt_before_approval", receipt.at, approved, **place)
    posted = receipt.postings[0]["posted_at"] if receipt.postings else None
    took = one.world.clock.business_seconds(receipt.at, posted or as_of, one.one.entity_id)
    if took is not None and took > one.policy("receipt_posting_hours", 4) * 3600:
        yield of_return(one, "late_receipt_posting", receipt.at, posted, **place)
    units = receipt.row["quantity"]
    if receipt.moves and last_status(receipt.moves) != last_status(receipt.postings):
        moved = receipt.moves[-1]["moved_at"]
        if as_of - moved > span(one.policy("status_sync_hours", 24), HOUR):
            value = one.cost(receipt.row["sku"], units, moved)
            yield of_return(one, "stock_status_mismatch", moved, value=value, **place)
    decided = one.first_decision(receipt.line)
    available = [row["posted_at"] for row in receipt.postings if row["stock_status"] == "available"]
    if available and (decided is None or available[0] < decided):
        value = one.cost(receipt.row["sku"], units, available[0])
        yield of_return(one, "premature_availability", available[0], decided, value, **place)


def credit_findings(one: Facts) -> Iterator[Finding]:
    for memo in one.one.memos:
        yield from memo_findings(one, memo)
        if not is_effective(memo):
            continue
        posted = memo["posted_at"]
        value = one.money(memo["amount"], memo["currency"], posted)
        target = ("credit_memo", memo["credit_memo_id"])
        arrived = [receipt.at for receipt in one.one.receipts]
        excused = one.one.dispositions and not any(map(one.needs_receipt, one.one.dispositions))
        if not excused and not any(at <= posted for at in arrived):
            resolved = min(arrived, default=None)
            yield of_return(one, "credit_without_receipt", posted, resolved, value, target)


def memo_findings(one: Facts | None, memo: Row, world: World | None = None) -> Iterator[Finding]:
    """The rules that hold for linked and unlinked memos."""
    world = one.world if one else world
    case_id, entity_id = (one.one.id, one.one.entity_id) if one else (None, memo["entity_id"])
    slices = one.return_slices() if one else {"entity": entity_id, **MISSING}

    def finding(kind: str, at: datetime) -> Finding:
        value = world.clock.convert(memo["amount"], memo["currency"], at, entity_id)
        key = memo["credit_memo_id"]
        return Finding(kind, "credit_memo", key, case_id, entity_id, at, None, value, slices)

    if one is None and memo["cancelled_at"] is None:
        yield finding("unlinked_credit", memo["created_at"])
    if not is_effective(memo):
        return
    if memo["gl_document"] is None:
        yield finding("credit_without_gl", memo["posted_at"])
    unapproved = finding("unapproved_credit", memo["posted_at"])
    limit = policy(world, entity_id, "credit_approval_limit", 500)
    self_approved = memo["approved_at"] is None or memo["approved_by"] == memo["created_by"]
    if self_approved and unapproved.value is not None and unapproved.value > limit:
        yield unapproved


def return_findings(one: Facts, as_of: datetime) -> Iterator[Finding]:
    yield from excess_credit(one)
    wanted = one.one.row["requested_resolution"] == "replacement"
    if wanted and one.is_closed and not one.one.replacements:
        yield of_return(one, "missing_replacement", one.last_close)
    stale = one.events[-1].event_at + span(one.policy("stale_days", 14), timedelta(days=1))
    if one.is_open and stale < as_of:
        yield of_return(one, "stale_return", stale)
    if offending := order_violations(one):
        yield of_return(one, "event_order_violation", min(offending))


def excess_credit(one: Facts) -> Iterator[Finding]:
    currency = one.one.row["currency"]
    worth = sum((line["quantity"] * line["unit_price"] for line in one.one.lines), Fraction(0))
    credited, passed = Fraction(0), None
    for memo in one.effective_memos:
        amount = in_currency(one, memo, currency)
        if amount is None:  # without a rate it can't be counted
            continue
        credited += amount
        if passed is None and credited > worth + CENT:
            passed = memo["posted_at"]
    if passed:
        yield of_return(one, "excess_credit", passed, value=one.money(credited - worth, currency, passed))


def in_currency(one: Facts, memo: Row, currency: str) -> Fraction | None:
    """The memo's amount in the return's currency, by the rates of its posting month."""
    if memo["currency"] == currency:
        return memo["amount"]
    amount = one.money(memo["amount"], memo["currency"], memo["posted_at"])
    rate = one.money(Fraction(1), currency, memo["posted_at"])
    return amount / rate if amount is not None and rate else None


def order_violations(one: Facts) -> list[datetime]:
    found = []
    for receipt in one.one.receipts:
        completed = (row["completed_at"] for row in receipt.inspections)
        found += [at for at in completed if at is not None and at < receipt.at]
    for row in one.one.dispositions:
        if one.first_receipt and row["decided_at"] < one.first_receipt and one.needs_receipt(row):
            found.append(row["decided_at"])
    if one.last_close and any(one.last_close < memo["posted_at"] for memo in one.effective_memos):
        found.append(one.last_close)
    return found


def unmatched_findings(world: World) -> Iterator[Finding]:
    for receipt in world.receipts:
        slices = {**MISSING, "entity": receipt.entity_id or "missing", "site": receipt.row["site_id"]}
        kind = ("unmatched_receipt", "receipt", receipt.id, None, receipt.entity_id)
        yield Finding(*kind, receipt.at, None, None, slices)
    for memo in world.unlinked_memos:
        yield from memo_findings(None, memo, world)
    for row in world.unlinked_replacements:
        slices = {"entity": row["entity_id"], **MISSING}
        kind = ("disconnected_replacement", "replacement_order", row["replacement_id"], None, row["entity_id"])
        yield Finding(*kind, row["created_at"], None, None, slices)


def integration_failures(world: World, facts: dict[str, Facts]) -> Iterator[Finding]:
    messages: dict[str, list] = {}
    for attempt in sorted(world.attempts, key=lambda pair: pair[0]["attempt"]):
        messages.setdefault(attempt[0]["message_id"], []).append(attempt)
    for message_id, attempts in messages.items():
        last, one = attempts[-1]
        failed = [row["occurred_at"] for row, _ in attempts if row["status"] in ("failed", "dead")]
        if last["status"] not in ("failed", "dead"):
            continue
        if one:
            yield of_return(facts[one.id], "integration_failure", failed[0], target=("message", message_id))
        else:
            slices = {**MISSING, "entity": last["entity_id"] or "missing"}
            kind = ("integration_failure", "message", message_id, None, last["entity_id"])
            yield Finding(*kind, failed[0], None, None, slices)
