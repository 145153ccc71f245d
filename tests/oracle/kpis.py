"""The KPIs: items first, then their aggregates by group and period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise

from .clock import Clock, Row
from .exceptions import Finding
from .facts import GONE, Facts, last_status
from .links import World

OBLIGATIONS = ("acknowledgement", "approval_notice", "receipt_confirmation", "credit_notice")
AUTOMATED = ("Return Approved", "Disposition Decided", "Credit Memo Created", "Credit Approved", "Credit Posted")
DURATIONS = ("cycle_time_days", "credit_lag_days", "decision_to_credit_days")
COUNTS = ("open_returns", "advance_credits", "open_exceptions")
SUMS = ("unclaimed_supplier_value", "value_returned")
RATIOS = (
    "rework_rate",
    "inventory_status_accuracy",
    "supplier_recovery_rate",
    "supplier_claim_filing_rate",
    "recovery_rate",
    "exception_rate",
    "straight_through_rate",
    "communication_sla_rate",
    "touches_per_return",
    "handoffs_per_return",
)


@dataclass(frozen=True)
class Item:
    """One item of a population: a duration or amount in `top`, or the two sides of a ratio."""

    kpi: str
    slices: dict[str, str]
    anchor: datetime | None
    top: Fraction = Fraction(1)
    bottom: Fraction = Fraction(1)


@dataclass(frozen=True)
class Measure:
    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None


def kpi_items(world: World, facts: list[Facts], found: list[Finding], as_of: datetime | None) -> list[Item]:
    flagged = {finding.case_id for finding in found}
    items: list[Item] = []
    for one in facts:
        items += closed_items(one, one.one.id in flagged)
        items += credit_items(one)
        items += receipt_items(one)
        for line in one.one.lines:
            items += recovery_items(one, line)
            items += supplier_items(one, line)
        items += obligation_items(one, as_of)
    for finding in found:
        if finding.resolved_at is None:
            items.append(Item("open_exceptions", finding.slices, None))
            items.append(Item(f"open_exceptions.{finding.exception_type}", finding.slices, None))
    return items


def closed_items(one: Facts, flagged: bool) -> Iterator[Item]:
    slices, end = one.return_slices(), one.last_close
    if one.is_open:
        yield Item("open_returns", slices, None)
    if not one.is_closed:
        return
    start = one.first("Return Requested", "RMA Created")
    days = one.world.clock.business_days(start, end, one.one.entity_id)
    if days is not None:
        yield Item("cycle_time_days", slices, end, days)
    by_automation = all(event.is_automation for event in one.of(*AUTOMATED))
    straight = not flagged and not one.has_rework and by_automation and bool(one.of("Return Approved"))
    human = [event for event in one.events if event.is_human]
    changes = sum(a.department != b.department for a, b in pairwise(human))
    yield Item("rework_rate", slices, end, Fraction(one.has_rework))
    yield Item("exception_rate", slices, end, Fraction(flagged))
    yield Item("straight_through_rate", slices, end, Fraction(straight))
    yield Item("touches_per_return", slices, end, Fraction(len(human)))
    yield Item("handoffs_per_return", slices, end, Fraction(changes))


def credit_items(one: Facts) -> Iterator[Item]:
    posted, received, decided = one.first_posting, one.first_receipt, one.first("Disposition Decided")
    slices, clock = one.return_slices(), one.world.clock
    if posted is None:
        return
    if received is None or posted < received:
        yield Item("advance_credits", slices, posted)
    else:
        days = clock.business_days(received, posted, one.one.entity_id)
        if days is not None:
            yield Item("credit_lag_days", slices, posted, days)
    if decided is not None and posted >= decided:
        days = clock.business_days(decided, posted, one.one.entity_id)
        if days is not None:
            yield Item("decision_to_credit_days", slices, posted, days)


def receipt_items(one: Facts) -> Iterator[Item]:
    for receipt in one.one.receipts:
        moved, units = last_status(receipt.moves), receipt.row["quantity"]
        if moved not in GONE:
            same = units if moved == last_status(receipt.postings) else Fraction(0)
            yield Item("inventory_status_accuracy", one.receipt_slices(receipt), None, same, units)
    for line in one.one.lines:
        worth = line["quantity"] * line["unit_price"]
        if one.first_receipt is not None:
            money = one.money(worth, one.one.row["currency"], one.first_receipt)
            if money is not None:
                yield Item("value_returned", one.line_slices(line), one.first_receipt, money)


def total(amounts: list[Fraction | None]) -> Fraction | None:
    return None if None in amounts else sum(amounts, Fraction(0))


def recovered(one: Facts, line: Row, at: datetime) -> list[Fraction | None]:
    """What suppliers credited for the line, at the rates of the month of `at`."""
    claims = [row for row in one.line_claims(line) if row["credited_at"] and row["recovered_amount"] is not None]
    return [one.money(row["recovered_amount"], row["currency"], at) for row in claims]


def recovery_items(one: Facts, line: Row) -> Iterator[Item]:
    executed = [row for row in one.line_dispositions(line) if row["executed_at"] is not None]
    if not executed:
        return
    at = one.first_decision(line)
    worth = [row for row in executed if row["recovered_value"] is not None]
    gains = [one.money(row["recovered_value"], row["currency"], at) for row in worth]
    top = total(gains + recovered(one, line, at))
    bottom = total([one.cost(line["sku"], row["quantity"], at) for row in executed])
    if top is not None and bottom is not None:
        yield Item("recovery_rate", one.line_slices(line), at, top, bottom)


def supplier_items(one: Facts, line: Row) -> Iterator[Item]:
    at = one.first_decision(line)
    if at is None or not one.is_supplier_liable(line):
        return
    slices, cost = one.line_slices(line), one.cost(line["sku"], line["quantity"], at)
    submitted = any(row["submitted_at"] is not None for row in one.line_claims(line))
    yield Item("supplier_claim_filing_rate", slices, at, Fraction(submitted))
    top = total(recovered(one, line, at))
    if top is not None and cost is not None:
        yield Item("supplier_recovery_rate", slices, at, top, cost)
    if cost is not None and not submitted:
        yield Item("unclaimed_supplier_value", slices, at, cost)


def obligation_items(one: Facts, as_of: datetime) -> Iterator[Item]:
    if not one.one.cases:
        return
    messages = [row for case in one.one.cases for row in case.messages if row["direction"] == "outbound"]
    triggers = (one.one.cases[0].row["opened_at"], one.first("Return Approved"), one.first_receipt, one.first_posting)
    for obligation, trigger in zip(OBLIGATIONS, triggers, strict=True):
        if trigger is not None:
            sent = [row["sent_at"] for row in messages if row["message_type"] == obligation]
            met = obligation_met(one, obligation, trigger, sorted(sent), as_of)
            if met is not None:
                for kpi in ("communication_sla_rate", f"communication_sla_rate.{obligation}"):
                    yield Item(kpi, one.return_slices(), trigger, Fraction(met))


def obligation_met(
    one: Facts, obligation: str, trigger: datetime, sent: list[datetime], as_of: datetime
) -> bool | None:
    """Met, failed, or None: not due, no target or no calendar."""
    rows = one.world.tables["reference.sla_targets"]
    targets = {row["entity_id"]: row["business_hours"] for row in rows if row["obligation"] == obligation}
    hours = targets.get(one.one.entity_id, targets.get("*"))
    if sent and sent[0] < trigger:
        return True
    late = one.world.clock.business_seconds(trigger, sent[0] if sent else as_of, one.one.entity_id)
    if hours is None or late is None:
        return None
    if sent:
        return late <= hours * 3600
    return False if late > hours * 3600 else None


def quantile(values: list[Fraction], share: Fraction) -> Fraction:
    position = share * (len(values) - 1)
    below = int(position)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (position - below)


def measure(kpi: str, items: list[Item]) -> Iterator[tuple[str, Measure]]:
    n, top = len(items), sum((item.top for item in items), Fraction(0))
    bottom = sum((item.bottom for item in items), Fraction(0))
    if kpi in DURATIONS:
        values = sorted(item.top for item in items)
        for name, share in (("median", Fraction(1, 2)), ("p90", Fraction(9, 10))):
            yield f"{kpi}.{name}", Measure(float(quantile(values, share)) if n else None, n)
        yield f"{kpi}.mean", Measure(float(top / n) if n else None, n)
    elif kpi.startswith(RATIOS):
        value = float(top / bottom) if bottom else None
        yield kpi, Measure(value, n, float(top), float(bottom))
    else:
        yield kpi, Measure(float(top), n)


def grouping(by: str | None, clock: Clock) -> Callable[[Item], str | None]:
    def month(item: Item) -> str | None:
        return item.anchor and clock.month(item.anchor, item.slices["entity"]).strftime("%Y-%m")

    return month if by == "month" else lambda item: item.slices[by] if by else None


def in_period(item: Item, start: date | None, end: date | None, clock: Clock) -> bool:
    if item.anchor is None:
        return True
    day = clock.local_date(item.anchor, item.slices["entity"])
    return (start is None or start <= day) and (end is None or day < end)


def kpi_names(found_types: list[str]) -> list[str]:
    parts = [f"open_exceptions.{kind}" for kind in found_types]
    parts += [f"communication_sla_rate.{obligation}" for obligation in OBLIGATIONS]
    return [*DURATIONS, *COUNTS, *SUMS, *RATIOS, *parts]


def kpi_table(
    items: list[Item],
    clock: Clock,
    by: str | None = None,
    start: date | None = None,
    end: date | None = None,
) -> dict[tuple[str, str | None], Measure]:
    """Measures by (name, group); without `by` every KPI is there, with it every group that has items."""
    group_of, groups = grouping(by, clock), {}
    names = kpi_names(sorted({item.kpi.partition(".")[2] for item in items if item.kpi.startswith("open_ex")} - {""}))
    if by is None:
        groups = {(name, None): [] for name in names}
    for item in items:
        if in_period(item, start, end, clock):
            groups.setdefault((item.kpi, group_of(item)), []).append(item)
    return {(name, group): m for (kpi, group), members in groups.items() for name, m in measure(kpi, members)}
