"""What people, systems, customers and suppliers do, as chances and durations: parameters of a scenario."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Behaviour:
    """Probabilities (0..1) of what people, systems, customers and suppliers do."""

    with_case: float
    second_case: float
    info_before_rma: float
    info_after_rma: float
    escalated: float
    reassigned: float
    automatic_approval: float
    declined: float
    cancelled: float
    never_ships: float
    field_scrap: float
    advance_credit: float
    partial_shipment: float
    tracked: float
    carrier_exception: float
    skips_inspection: float
    repeated_inspection: float
    split_disposition: float
    restocking_fee: float
    credit_per_line: float
    automatic_credit: float
    credit_cancelled: float
    reopened: float
    automatic_close: float
    claim_accepted: float
    notice_sent: float
    notice_automatic: float
    message_retried: float


@dataclass(frozen=True)
class Outside:
    """Mean hours that parties outside the distributor take; drawn, because no queue of ours causes them.

    ``customer_answers``, ``customer_ships`` and ``transit`` are open hours of the entity, the others clock hours.
    """

    customer_answers: float
    customer_ships: float
    transit: float
    interface: float
    supplier_decides: float
    supplier_credits: float
    expiry: float
