"""Faults and decoys of replacements and supplier claims."""

from __future__ import annotations

from simulator.audit_money import claim_window_end
from simulator.clock import DAY, HOUR, MINUTE
from simulator.documents import Return
from simulator.injection import Injector
from simulator.papers import Claim, Replacement


def replace_disconnected(injector: Injector, document: Return) -> str | None:
    """Order a replacement that names no return, or one that does not exist."""
    unknown = f"9{injector.random.randrange(10**8, 10**9)}"
    order = _replacement(injector, document, injector.random.choice((None, unknown)))
    injector.books.stray_replacements.append(order)
    return order.replacement_id


def replace_unasked(injector: Injector, document: Return) -> str | None:
    """Decoy: a replacement for a customer who asked for a credit, but linked to the return."""
    if document.resolution != "credit":
        return None
    order = _replacement(injector, document, document.return_id)
    document.replacements.append(order)
    return order.replacement_id


def _replacement(injector: Injector, document: Return, return_id: str | None) -> Replacement:
    return Replacement(
        replacement_id=injector.numbers.next("RO"),
        entity=document.entity,
        return_id=return_id,
        customer=document.customer,
        product=document.lines[0].order_line.product,
        quantity=document.lines[0].quantity,
        created_at=document.created_at + 10 * MINUTE,
        created_by=document.created_by,
    )


def forget_replacement(injector: Injector, document: Return) -> str | None:
    """Close a return whose customer waits for a replacement that was never ordered."""
    if document.resolution != "replacement" or not document.is_closed:
        return None
    document.replacements.clear()
    return document.return_id


def hold_replacement(injector: Injector, document: Return) -> str | None:
    """Decoy: the replacement is ordered, and has not been shipped."""
    if document.resolution != "replacement" or not document.is_closed or not document.replacements:
        return None
    for order in document.replacements:
        order.shipped_at = None
    return document.return_id


def forget_claim(injector: Injector, document: Return) -> str | None:
    """Let a claim window pass without a claim."""
    for line in document.lines:
        end = claim_window_end(document, line, injector.scope)
        if end is not None and end < injector.scope.as_of:
            document.claims = [claim for claim in document.claims if claim.line is not line]
            return f"{document.return_id}-{line.line_no}"
    return None


def forget_fresh_claim(injector: Injector, document: Return) -> str | None:
    """Decoy: no claim yet, and the window is still open."""
    for line in document.lines:
        end = claim_window_end(document, line, injector.scope)
        if end is not None and end >= injector.scope.as_of:
            document.claims = [claim for claim in document.claims if claim.line is not line]
            return f"{document.return_id}-{line.line_no}"
    return None


def claim_too_late(injector: Injector, document: Return) -> str | None:
    """Submit a claim days after its window."""
    return _claim_at(injector, document, injector.random.randrange(1, 6) * DAY)


def claim_just_in_time(injector: Injector, document: Return) -> str | None:
    """Decoy: submit a claim in the last minutes of its window."""
    return _claim_at(injector, document, -injector.random.randrange(1, 50) * MINUTE)


def _claim_at(injector: Injector, document: Return, offset: int) -> str | None:
    for claim in document.claims:
        end = claim_window_end(document, claim.line, injector.scope)
        if end is None or max(end, end + offset) >= injector.scope.as_of or not _is_only(document, claim):
            continue
        claim.created_at = end + offset - HOUR
        claim.submitted_at, claim.submitted_by = end + offset, claim.created_by
        claim.decided_at = claim.credited_at = None
        claim.decision = claim.recovered_amount = None
        return f"{document.return_id}-{claim.line.line_no}"
    return None


def _is_only(document: Return, claim: Claim) -> bool:
    return sum(other.line is claim.line for other in document.claims) == 1
