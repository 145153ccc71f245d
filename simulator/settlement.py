"""What the customer, the supplier and the file get: credits, replacements, claims, the end of the return."""

from __future__ import annotations

from decimal import Decimal

from simulator.clock import HOUR
from simulator.desks import Steps
from simulator.documents import Return
from simulator.flow import Flow
from simulator.intake import ask_customer
from simulator.papers import Claim, CreditMemo, Line, Replacement

_APPROVAL_MARGIN = Decimal("0.85")
_FEE_SHARES = (0.1, 0.15)
_RESTOCKING_REASONS = ("NOT_NEEDED", "ORDER_ERROR")


def credit(flow: Flow, document: Return) -> Steps[None]:
    """Credit the customer: one memo for the return or one for each line, now and then cancelled and made anew."""
    parts: list[tuple[str | None, int]] = [(line.line_no, _value(flow, line)) for line in document.lines]
    if not flow.happens(flow.terms.behaviour.credit_per_line):
        parts = [(None, sum(amount for _, amount in parts))]
    for line_no, amount in parts:
        memo = yield from _memo(flow, document, line_no, amount)
        if flow.happens(flow.terms.behaviour.credit_cancelled):
            memo.cancelled_by = yield from flow.work("finance", "credit")
            memo.cancelled_at = flow.now
            yield from _memo(flow, document, line_no, amount)
    flow.notify("credit_notice")


def replace(flow: Flow, document: Return) -> Steps[None]:
    """Order and ship the replacement of every line."""
    for line in document.lines:
        user = yield from flow.work("customer_service", "replace")
        order = Replacement(
            replacement_id=flow.sim.numbers.next("RO"),
            entity=document.entity,
            return_id=document.return_id,
            customer=document.customer,
            product=line.order_line.product,
            quantity=line.quantity,
            created_at=flow.now,
            created_by=user,
        )
        document.replacements.append(order)
        yield from flow.work("warehouse", "ship")
        order.shipped_at = flow.now


def claim_from_suppliers(flow: Flow, document: Return) -> None:
    """Start a supplier claim for every line that a supplier with a recovery agreement is liable for."""
    reference = flow.sim.world.reference
    for line in document.lines:
        reason = reference.standard(document.entity.entity_id, "reason", line.reason_code)
        if reason in reference.liable_reasons and line.order_line.product.supplier.recovery_agreement:
            flow.sim.env.process(_claim(flow, document, line))


def close(flow: Flow, document: Return) -> Steps[None]:
    """Close the return and its case; some are reopened, worked on and closed again."""
    behaviour = flow.terms.behaviour
    yield from _close(flow, document)
    if flow.happens(behaviour.reopened):
        yield from flow.wait_open(flow.seconds(2 * flow.terms.outside.customer_answers))
        user = yield from flow.work("customer_service", "answer")
        flow.change(document, "reopened", user)
        yield from ask_customer(flow)
        yield from _close(flow, document, by_hand=True)


def _close(flow: Flow, document: Return, by_hand: bool = False) -> Steps[None]:
    if not by_hand and flow.happens(flow.terms.behaviour.automatic_close):
        yield from flow.wait(flow.random.randrange(60, HOUR))
        user = "SVC_RULES"
    else:
        user = yield from flow.work("customer_service", "close")
    flow.change(document, "closed", user)
    if flow.case is not None:
        flow.case.closed_at = flow.now


def _value(flow: Flow, line: Line) -> int:
    """Return what is credited for a line: its value, sometimes less a restocking fee."""
    value = line.quantity * line.order_line.unit_price
    planned = flow.plan.lines[int(line.line_no) - 1]
    if planned.reason in _RESTOCKING_REASONS and flow.happens(flow.terms.behaviour.restocking_fee):
        return round(value * (1 - flow.random.choice(_FEE_SHARES)))
    return value


def _memo(flow: Flow, document: Return, line_no: str | None, amount: int) -> Steps[CreditMemo]:
    """Create, have approved where it is due, and post a credit memo."""
    due = _needs_approval(flow, document, amount)
    automatic = not due and flow.happens(flow.terms.behaviour.automatic_credit)
    if automatic:
        yield from flow.wait(flow.random.randrange(60, HOUR))
        user = "SVC_CREDIT"
    else:
        user = yield from flow.work("finance", "credit")
    memo = CreditMemo(
        credit_memo_id=flow.sim.numbers.next("CM"),
        entity=document.entity,
        return_id=document.return_id,
        line_no=line_no,
        amount=amount,
        currency=document.entity.currency,
        created_at=flow.now,
        created_by=user,
    )
    document.memos.append(memo)
    if due or not automatic:
        memo.approved_by = yield from flow.work("credit_control", "approve_credit")
        memo.approved_at = flow.now
    yield from flow.integrate(document, "credit_gl")
    memo.posted_at, memo.posted_by = flow.now, "SVC_CREDIT" if automatic else user
    memo.gl_document = flow.sim.numbers.next("GL", 9)
    return memo


def _needs_approval(flow: Flow, document: Return, amount: int) -> bool:
    """Whether an amount comes near the approval limit, so that a rate's change before posting can't pass it."""
    reference = flow.sim.world.reference
    entity = document.entity
    reported = Decimal(amount) / 100 * reference.rate(entity.currency, entity.zone.local_date(flow.now))
    return reported > _APPROVAL_MARGIN * reference.policy(entity.entity_id, "credit_approval_limit")


def _claim(flow: Flow, document: Return, line: Line) -> Steps[None]:
    outside = flow.terms.outside
    user = yield from flow.work("procurement", "claim")
    amount = line.quantity * line.order_line.product.unit_cost
    claim = Claim(flow.sim.numbers.next("CL"), line, amount, flow.now, user)
    document.claims.append(claim)
    claim.submitted_by = yield from flow.work("procurement", "answer")
    claim.submitted_at = flow.now
    yield from flow.wait(flow.seconds(outside.supplier_decides))
    claim.decided_at, accepted = flow.now, flow.happens(flow.terms.behaviour.claim_accepted)
    claim.decision = "accepted" if accepted else "rejected"
    if accepted:
        yield from flow.wait(flow.seconds(outside.supplier_credits))
        claim.recovered_amount = round(amount * flow.random.choice((1, 1, 0.9, 0.75, 0.5)))
        claim.credited_at = flow.now
