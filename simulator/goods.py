"""What happens to the goods: shipped, received, posted, inspected, decided upon, executed."""

from __future__ import annotations

import simpy

from simulator.clock import MINUTE
from simulator.contacts import Tracking
from simulator.demand_by_day import weighted
from simulator.desks import Steps
from simulator.documents import Inspection, Receipt, Return, StockStatus
from simulator.flow import Flow
from simulator.papers import Disposition, Line

Parcel = list[tuple[Line, int]]

_CARRIERS = ("UPS", "FedEx", "DHL", "DPD")
_STATUS = {
    "RESTOCK": "available", "REFURBISH": "available", "LIQUIDATE": "available", "SCRAP": "scrapped",
    "DONATE": "scrapped", "RTV": "returned_to_vendor", "RTC": "returned_to_customer", "REPAIR": "available",
}  # fmt: skip
_RECOVERED_SHARE = {"RESTOCK": 1.0, "REFURBISH": 0.75, "REPAIR": 0.85, "LIQUIDATE": 0.3}
_CONDITIONS = {
    "supplier": {"DEFECTIVE": 0.8, "DAMAGED": 0.1, "OPENED": 0.1},
    "other": {"NEW": 0.55, "OPENED": 0.3, "DAMAGED": 0.15},
}
_DECISIONS = {
    "NEW": {"RESTOCK": 1.0},
    "OPENED": {"RESTOCK": 0.6, "REFURBISH": 0.3, "LIQUIDATE": 0.1},
    "DAMAGED": {"REFURBISH": 0.3, "SCRAP": 0.4, "LIQUIDATE": 0.2, "DONATE": 0.1},
    "DEFECTIVE": {"RTV": 0.5, "SCRAP": 0.25, "REPAIR": 0.25},
}


def take_back(flow: Flow, document: Return) -> Steps[None]:
    """Bring all goods of the return back and decide about them; executions go on in ``flow.open_work``."""
    parcels = _parcels(flow, document)
    arrivals = [flow.sim.env.process(_parcel(flow, document, parcel)) for parcel in parcels]
    yield simpy.AllOf(flow.sim.env, arrivals)


def scrap_in_the_field(flow: Flow, document: Return) -> Steps[None]:
    """Decide that the customer destroys the goods; nothing comes back."""
    for line in document.lines:
        user = yield from flow.work("quality", "decide")
        disposition = _disposition(flow, document, line, line.quantity, "FIELD_SCRAP", user)
        disposition.executed_at, disposition.executed_by = flow.now, user


def _parcels(flow: Flow, document: Return) -> list[Parcel]:
    """Split the return into one or two parcels: by line, or within its only line."""
    if not flow.happens(flow.terms.behaviour.partial_shipment):
        return [[(line, line.quantity) for line in document.lines]]
    first, *others = document.lines
    if others:
        return [[(first, first.quantity)], [(line, line.quantity) for line in others]]
    if first.quantity > 1:
        return [[(first, 1)], [(first, first.quantity - 1)]]
    return [[(first, 1)]]


def _parcel(flow: Flow, document: Return, parcel: Parcel) -> Steps[None]:
    outside = flow.terms.outside
    carrier = flow.random.choice(_CARRIERS) if flow.happens(flow.terms.behaviour.tracked) else None
    yield from flow.wait_open(round(flow.seconds(outside.customer_ships) * flow.plan.slowness))
    _track(flow, document, "picked_up", carrier)
    yield from flow.wait_open(flow.seconds(outside.transit) // 2)
    _track(flow, document, "in_transit", carrier)
    if flow.happens(flow.terms.behaviour.carrier_exception):
        _track(flow, document, "exception", carrier)
        yield from flow.wait_open(flow.seconds(outside.transit))
    yield from flow.wait_open(flow.seconds(outside.transit) // 2)
    _track(flow, document, "delivered", carrier)
    decisions = []
    for line, quantity in parcel:
        receipt = yield from _receive(flow, document, line, quantity)
        if flow.plan.fate == "stalls:received":
            continue
        decisions.append(flow.sim.env.process(_decide(flow, document, receipt)))
    yield simpy.AllOf(flow.sim.env, decisions)


def _track(flow: Flow, document: Return, event_type: str, carrier: str | None) -> None:
    if carrier is not None:
        event_id = flow.sim.numbers.next("TE", 9)
        document.tracking.append(Tracking(event_id, event_type, flow.now, carrier, document.rma_number))


def _receive(flow: Flow, document: Return, line: Line, quantity: int) -> Steps[Receipt]:
    user = yield from flow.work("warehouse", "receive")
    receipt = Receipt(
        receipt_id=flow.sim.numbers.next("", 8),
        site=flow.plan.site,
        rma_written=document.rma_number,
        product=line.order_line.product,
        line=line,
        quantity=quantity,
        received_at=flow.now,
        received_by=user,
    )
    first = not document.receipts
    document.receipts.append(receipt)
    _move(flow, document, receipt, "quarantine", user)
    if first:
        flow.notify("receipt_confirmation")
    return receipt


def _move(flow: Flow, document: Return, receipt: Receipt, status: str, user: str) -> None:
    """Write a stock move and have the ERP told, in order."""
    receipt.moves.append(StockStatus(flow.sim.numbers.next("MV", 9), status, flow.now, user))
    flow.open_work.append(flow.sim.env.process(_post(flow, document, receipt, status, len(receipt.moves))))


def _post(flow: Flow, document: Return, receipt: Receipt, status: str, position: int) -> Steps[None]:
    if position == 1 and receipt.site.manual_posting:
        user = yield from flow.work("inventory_control", "post")
    else:
        yield from flow.integrate(document, "wms_stock")
        user = "SVC_WMS_IF"
    while len(receipt.postings) < position - 1:
        yield from flow.wait(2 * MINUTE)
    receipt.postings.append(StockStatus(flow.sim.numbers.next("SP", 9), status, flow.now, user))


def _decide(flow: Flow, document: Return, receipt: Receipt) -> Steps[None]:
    condition = "NEW"
    if flow.happens(flow.terms.behaviour.skips_inspection) and not _is_supplier_fault(flow, receipt):
        yield from flow.wait(flow.random.randrange(1, 20) * MINUTE)
        user = "SVC_RULES"
    else:
        condition = yield from _inspect(flow, receipt)
        if flow.plan.fate == "stalls:inspected":
            return
        user = yield from flow.work("quality", "decide")
    for code, quantity in _decisions(flow, document, receipt, condition):
        line = receipt.line
        assert line is not None
        disposition = _disposition(flow, document, line, quantity, code, user)
        flow.open_work.append(flow.sim.env.process(_execute(flow, document, receipt, disposition, code)))


def _inspect(flow: Flow, receipt: Receipt) -> Steps[str]:
    """Inspect a receipt, sometimes twice; goods of the planted root cause take longer and come back more often."""
    cause = flow.sim.scenario.root_cause if _is_planted(flow, receipt) else None
    repeated = cause.repeated_inspection if cause else flow.terms.behaviour.repeated_inspection
    kind = "supplier" if _is_supplier_fault(flow, receipt) else "other"
    condition = weighted(flow.random, _CONDITIONS[kind])
    code = flow.sim.world.reference.source(receipt.site.entity.entity_id, "condition", condition)
    for _ in range(2 if flow.happens(repeated) else 1):
        desk = flow.desk("quality")
        user = yield from desk.pick_up()
        inspection = Inspection(flow.sim.numbers.next("QI"), flow.now, None, user)
        receipt.inspections.append(inspection)
        yield from desk.finish(user, flow.minutes("inspect") * (cause.inspection_factor if cause else 1))
        inspection.completed_at, inspection.condition_code = flow.now, code
    return condition


def _decisions(flow: Flow, document: Return, receipt: Receipt, condition: str) -> list[tuple[str, int]]:
    if document.resolution == "repair" and condition == "DEFECTIVE":
        return [("REPAIR", receipt.quantity)]
    code = weighted(flow.random, _DECISIONS[condition])
    if receipt.quantity > 1 and flow.happens(flow.terms.behaviour.split_disposition):
        return [(code, receipt.quantity - 1), ("SCRAP" if code != "SCRAP" else "LIQUIDATE", 1)]
    return [(code, receipt.quantity)]


def _disposition(flow: Flow, document: Return, line: Line, quantity: int, code: str, user: str) -> Disposition:
    source = flow.sim.world.reference.source(document.entity.entity_id, "disposition", code)
    disposition = Disposition(
        flow.sim.numbers.next("DP"), line.line_no, quantity, source, flow.now, user,
        currency=line.order_line.product.supplier.currency,
    )  # fmt: skip
    document.dispositions.append(disposition)
    return disposition


def _execute(flow: Flow, document: Return, receipt: Receipt, disposition: Disposition, code: str) -> Steps[None]:
    if code == "REPAIR":
        _move(flow, document, receipt, "repair", disposition.decided_by)
        yield from flow.wait_open(round(flow.minutes("repair") * MINUTE))
        user = yield from flow.work("quality", "execute")
    else:
        user = yield from flow.work("warehouse", "execute")
    disposition.executed_at, disposition.executed_by = flow.now, user
    share = _RECOVERED_SHARE.get(code)
    if share is not None:
        unit_cost = receipt.product.unit_cost
        disposition.recovered_value = round(unit_cost * disposition.quantity * share * flow.random.uniform(0.8, 1))
    back = code == "REPAIR" and document.resolution == "repair"
    _move(flow, document, receipt, "returned_to_customer" if back else _STATUS[code], user)


def _is_supplier_fault(flow: Flow, receipt: Receipt) -> bool:
    return _reason(flow, receipt) in flow.sim.world.reference.liable_reasons


def _is_planted(flow: Flow, receipt: Receipt) -> bool:
    return any(planned.is_planted for planned in flow.plan.lines if planned.order_line.product is receipt.product)


def _reason(flow: Flow, receipt: Receipt) -> str:
    return next(planned.reason for planned in flow.plan.lines if planned.order_line.product is receipt.product)
