"""From the customer's request to an approved return."""

from __future__ import annotations

from simulator.clock import HOUR, MINUTE
from simulator.contacts import Case, CaseEvent, Message
from simulator.desks import Steps
from simulator.documents import Return
from simulator.flow import Flow
from simulator.papers import Line

_SELF_SERVICE = {"portal": "SVC_PORTAL", "edi": "SVC_EDI"}
_NOTES = (
    "Kartons eingedrückt, bitte um Abholung.",
    'Ordered 3/4", got 1/2".',
    "Stopped working after two days, no power.",
    "We no longer need these, boxes unopened.",
    "See photos, seal leaks under pressure.",
)


def open_case(flow: Flow) -> None:
    """Open a CRM case for the request, when this channel and customer get one."""
    if not flow.happens(flow.terms.behaviour.with_case):
        return
    flow.case = _case(flow)
    flow.notify("acknowledgement")


def register(flow: Flow) -> Steps[Return]:
    """Create the RMA: by a system, or by customer service, perhaps after asking the customer back."""
    if flow.happens(flow.terms.behaviour.info_before_rma):
        yield from ask_customer(flow)
    system = _SELF_SERVICE.get(flow.plan.channel)
    if system is None:
        created_by = yield from flow.work("customer_service", "register")
    else:
        yield from flow.wait(flow.random.randrange(30, 12 * MINUTE))
        created_by = system
    document = _document(flow, created_by)
    flow.sim.books.returns.append(document)
    if flow.case is not None:
        document.cases.append(flow.case)
        flow.case.rma_written = document.rma_number
        flow.case.owner = None if created_by.startswith("SVC") else created_by
    return document


def approve(flow: Flow, document: Return) -> Steps[bool]:
    """Approve or decline the return, by rule or by sales; return whether goods may come back."""
    behaviour = flow.terms.behaviour
    if flow.happens(behaviour.info_after_rma):
        yield from ask_customer(flow)
    if flow.happens(behaviour.automatic_approval) and flow.plan.fate != "declined":
        yield from flow.wait(flow.random.randrange(10, 3 * MINUTE))
        approver = "SVC_RULES"
    else:
        flow.change(document, "pending_approval", document.created_by)
        _disturb(flow)
        approver = yield from flow.work("sales", "approve")
    declined = flow.plan.fate == "declined"
    flow.change(document, "declined" if declined else "approved", approver)
    flow.notify("other" if declined else "approval_notice")
    return not declined


def cancel(flow: Flow, document: Return, hours: float, by: str | None = None) -> Steps[None]:
    """Cancel the return after a while: the customer thought better of it, or never sent anything."""
    yield from flow.wait(flow.seconds(hours) if by is None else round(hours * HOUR))
    user = by or (yield from flow.work("customer_service", "close"))
    flow.change(document, "cancelled", user)
    if flow.case is not None:
        flow.case.closed_at = flow.now


def ask_customer(flow: Flow) -> Steps[None]:
    """Ask the customer for what is missing and wait for the answer."""
    if flow.case is None:
        return
    user = yield from flow.work("customer_service", "answer")
    _event(flow, flow.case, "info_requested", user)
    yield from flow.wait_open(flow.seconds(flow.terms.outside.customer_answers))
    _event(flow, flow.case, "info_received", None)
    flow.case.messages.append(Message(flow.sim.numbers.next("M", 9), "inbound", "other", flow.now))


def write_again(flow: Flow, document: Return) -> None:
    """Open a second case about the same return, as a customer does who hears nothing."""
    if flow.case is not None and flow.happens(flow.terms.behaviour.second_case):
        case = _case(flow)
        case.rma_written = document.rma_number
        document.cases.append(case)


def _disturb(flow: Flow) -> None:
    behaviour = flow.terms.behaviour
    if flow.case is None:
        return
    for event_type, probability in (("reassigned", behaviour.reassigned), ("escalated", behaviour.escalated)):
        if flow.happens(probability):
            _event(flow, flow.case, event_type, flow.case.owner)


def _event(flow: Flow, case: Case, event_type: str, user: str | None) -> None:
    case.events.append(CaseEvent(flow.sim.numbers.next("CE", 9), event_type, flow.now, user))


def _case(flow: Flow) -> Case:
    customer = flow.plan.customer
    return Case(
        case_id=flow.sim.numbers.next("CS"),
        customer=customer,
        rma_written=None,
        channel_code=flow.sim.world.reference.source(customer.entity.entity_id, "channel", flow.plan.channel),
        opened_at=flow.now,
        note=flow.random.choice(_NOTES) if flow.happens(0.4) else None,
    )


def _document(flow: Flow, created_by: str) -> Return:
    plan, reference, numbers = flow.plan, flow.sim.world.reference, flow.sim.numbers
    entity_id = plan.customer.entity.entity_id
    lines = []
    for position, planned in enumerate(plan.lines, 1):
        serial = f"SN{flow.random.randrange(10**7):07}" if planned.order_line.product.serialized else None
        reason_code = reference.source(entity_id, "reason", planned.reason)
        lines.append(Line(str(position), planned.order_line, planned.quantity, reason_code, serial))
    return Return(
        number=plan.number,
        return_id=numbers.next(f"{int(entity_id) * 10:04}", 8),
        rma_number=numbers.next(f"{entity_id}:RMA-", 6).partition(":")[2],
        customer=plan.customer,
        channel_code=reference.source(entity_id, "channel", plan.channel),
        order_id=plan.lines[0].order_line.order_id,
        resolution=plan.resolution,
        created_at=flow.now,
        created_by=created_by,
        lines=lines,
    )
