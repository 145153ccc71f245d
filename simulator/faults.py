"""Which faults and decoys there are for each exception type, and their injection at the scenario's rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from simulator import faults_claims as claims
from simulator import faults_credits as credits
from simulator import faults_goods as goods
from simulator import faults_order as order
from simulator import faults_records as records
from simulator.documents import Books
from simulator.events import last_event_at
from simulator.findings import Audit
from simulator.flow import Numbers
from simulator.injection import Changer, Injector
from simulator.parameters import Scenario
from simulator.plans import Plan, count

FAULTS: Mapping[str, Sequence[Changer]] = {
    "unclaimed_recovery": (claims.claim_too_late, claims.forget_claim),
    "missing_replacement": (claims.forget_replacement,),
    "unapproved_credit": (credits.skip_approval, credits.approve_oneself),
    "excess_credit": (credits.credit_twice, credits.credit_too_much),
    "credit_without_receipt": (credits.credit_before_receipt,),
    "credit_without_gl": (credits.lose_gl_document,),
    "unlinked_credit": (credits.credit_unlinked,),
    "disconnected_replacement": (claims.replace_disconnected,),
    "late_receipt_posting": (goods.post_late, goods.post_late, goods.never_post),
    "stock_status_mismatch": (goods.lose_last_posting,),
    "premature_availability": (goods.sell_undecided,),
    "receipt_before_approval": (goods.receive_before_approval,),
    "event_order_violation": (order.inspect_before_receipt, order.decide_before_receipt, order.close_before_posting),
    "unmatched_receipt": (goods.receive_unannounced,),
    "missing_reason": (records.forget_reason, records.invent_reason),
    "integration_failure": (records.fail_to_deliver,),
}

DECOYS: Mapping[str, Sequence[Changer]] = {
    "unclaimed_recovery": (claims.claim_just_in_time, claims.forget_fresh_claim),
    "missing_replacement": (claims.hold_replacement,),
    "unapproved_credit": (credits.credit_at_the_limit,),
    "excess_credit": (credits.credit_a_cent_more,),
    "credit_without_receipt": (credits.credit_at_receipt, credits.credit_field_scrap),
    "credit_without_gl": (credits.lose_gl_document_of_void,),
    "unlinked_credit": (credits.cancel_unlinked,),
    "disconnected_replacement": (claims.replace_unasked,),
    "late_receipt_posting": (goods.post_just_in_time,),
    "stock_status_mismatch": (goods.lose_fresh_posting, goods.follow_slowly),
    "premature_availability": (goods.sell_when_decided,),
    "receipt_before_approval": (goods.receive_just_after_approval,),
    "event_order_violation": (order.inspect_until_receipt, order.decide_at_receipt, order.close_at_posting),
    "unmatched_receipt": (goods.scan_oddly,),
    "missing_reason": (records.write_standard_reason,),
    "integration_failure": (records.deliver_at_last,),
}


def inject_all(
    scenario: Scenario, books: Books, plans: Sequence[Plan], scope: Audit, numbers: Numbers, seed: int
) -> Injector:
    """Inject every fault and decoy at the scenario's rates; return the injector with what it did.

    ``scope.as_of`` is the last event of the books; the return it belongs to is left alone, so it stays that.
    """
    pinned = max(books.returns, key=last_event_at).number
    twins = {plan.number for plan in plans if plan.twin_of is not None} | {plan.twin_of for plan in plans}
    stalled = {plan.number for plan in plans if plan.fate.startswith("stalls")}
    used = {pinned} | stalled | {number for number in twins if number is not None}
    injector = Injector(books, scope, numbers, Random(f"{seed}:faults"), used)
    _note_planned(injector, plans)
    _remind(injector, stalled, count(scenario.decoys.get("stale_return", 0), len(plans)))
    injector.inject(
        FAULTS, {kind: count(rate, len(plans)) for kind, rate in scenario.faults.items()}, injector.injected
    )
    injector.inject(DECOYS, {kind: count(rate, len(plans)) for kind, rate in scenario.decoys.items()}, injector.decoys)
    return injector


def _note_planned(injector: Injector, plans: Sequence[Plan]) -> None:
    """Note what was planned before the flow: of two returns for the same goods the later one is the duplicate."""
    by_number = {document.number: document for document in injector.books.returns}
    for plan in plans:
        first, second = by_number.get(plan.twin_of if plan.twin_of is not None else -1), by_number.get(plan.number)
        if plan.twin_of is None or first is None or second is None:
            continue
        later = max(first, second, key=lambda document: (document.created_at, document.return_id))
        if plan.twin_kind == "duplicate":
            injector.injected.append(("duplicate_return", later.return_id))
        else:
            injector.decoys.append(("duplicate_return", second.return_id))


def _remind(injector: Injector, stalled: set[int], wanted: int) -> None:
    """Make decoys of some stalled returns; the others are stale."""
    documents = [document for document in injector.books.returns if document.number in stalled]
    for document in documents:
        reminded = records.remind_stalled(injector, document) if wanted else None
        if reminded is not None:
            injector.decoys.append(("stale_return", reminded))
            wanted -= 1
        else:
            injector.injected.append(("stale_return", document.return_id))
