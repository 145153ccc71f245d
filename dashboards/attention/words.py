"""Exceptions in words: what a type is called and means, what matters most, what was seen."""

from __future__ import annotations

import json
from datetime import datetime

from dashboards.attention.exceptions import Choice, Flagged, Group, Totals
from dashboards.scope import Scope
from pipeline import formats

MEANINGS = {
    "duplicate_return": "More is asked back of an order line than is left of what was sold.",
    "missing_reason": "The line has no reason, or one that has no mapping.",
    "unmatched_receipt": "Goods came in that belong to no known return.",
    "receipt_before_approval": "Goods came in before the return was approved.",
    "late_receipt_posting": "The receipt was posted in the ERP later than the policy allows.",
    "stock_status_mismatch": "The ERP and the warehouse still disagree on the status of the goods.",
    "premature_availability": "The goods were made available before anyone decided on them.",
    "credit_without_receipt": "Credited before any goods came back.",
    "credit_without_gl": "Posted, but without a document in the general ledger.",
    "unlinked_credit": "The credit memo names no known return.",
    "excess_credit": "Credited more than the lines are worth.",
    "unapproved_credit": "Over the approval limit, and nobody else approved it.",
    "disconnected_replacement": "The replacement order names no known return.",
    "missing_replacement": "Closed without the replacement that was asked for.",
    "unclaimed_recovery": "The supplier's claim window passed without a claim.",
    "stale_return": "Open, and nothing has happened for longer than the policy allows.",
    "integration_failure": "The last attempt to send the message failed.",
    "event_order_violation": "Its events are in an order that cannot be.",
}


def type_name(exception_type: str) -> str:
    """Return a type as readers know it, e.g. ``Credit without GL``."""
    words = exception_type.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}".replace(" gl", " GL")


def age(days: float) -> str:
    """Return an age in running text, e.g. ``213 days``."""
    whole = round(days)
    return "less than a day" if not whole else "1 day" if whole == 1 else f"{formats.count(whole)} days"


def lead(totals: Totals, oldest: Flagged, dearest: Flagged, top: Group, choice: Choice, currency: str) -> str:
    """Say how many exceptions there are, what is at stake, and which come first."""
    sentences = [_how_many(totals, choice) + _at_stake(totals, currency)]
    if totals.valued and top.name and choice.kind is None:
        most = f"{formats.money(top.value, currency)} in {_times(top.valued, 'case')}"
        sentences.append(f"The largest part of that is {_lower(type_name(top.name))}: {most}.")
    lasting = "has been open for" if oldest.resolved_at is None else "was open for"
    sentences.append(f"The oldest {lasting} {age(oldest.age_days)} ({_lower(type_name(oldest.exception_type))}).")
    if dearest.value:
        worth = formats.money(dearest.value, currency)
        sentences.append(f"The dearest is worth {worth} ({_lower(type_name(dearest.exception_type))}).")
    return " ".join(sentences)


def _how_many(totals: Totals, choice: Choice) -> str:
    found = _times(totals.exceptions, "exception")
    is_are = "is" if totals.exceptions == 1 else "are"
    state = f", {formats.count(totals.still_open)} of them still open," if choice.with_resolved else f" {is_are} open"
    where = [f"on {_times(totals.returns, 'return')}"] if totals.returns else []
    where += [f"{formats.count(totals.without_return)} on no known return"] if totals.without_return else []
    return f"{found}{state} {formats.listed(where)}"


def _at_stake(totals: Totals, currency: str) -> str:
    if not totals.valued:
        return "; none of them has a value."
    return f"; {formats.money(totals.value, currency)} is at stake in the {formats.count(totals.valued)} with a value."


def _times(number: int, noun: str) -> str:
    return f"{formats.count(number)} {noun}{'' if number == 1 else 's'}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def seen(evidence: str) -> str:
    """Say what the rule saw, e.g. ``quantity over 3, line no 1``; empty for nothing."""
    found = json.loads(evidence)
    return ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in found.items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return formats.precise(round(value, 2)) if isinstance(value, float) else str(value)


def nothing_left(choice: Choice, resolved: int) -> str:
    """Say that a choice leaves no exception, and how many resolved ones it hides."""
    what = "No exception" if choice.kind is None else f"No exception of the type {_lower(type_name(choice.kind))}"
    if choice.with_resolved or not resolved:
        return f"{what} was found in this selection."
    return f"{what} is open in this selection; {formats.count(resolved)} {'is' if resolved == 1 else 'are'} resolved."


def caption(totals: Totals, scope: Scope, as_of: datetime | None, currency: str) -> str:
    """Say what ages and values are, how the filters count, and what is left out."""
    until = f" ({formats.instant(as_of)})" if as_of else ""
    without = formats.count(totals.exceptions - totals.valued)
    parts = [
        f"Age: calendar days from detection to the as-of instant{until}, of a resolved one to its resolution.",
        f"Value: money at stake{f' in {currency}' if currency else ''} at the rate of the month of detection; "
        f"{without} of {formats.count(totals.exceptions)} have none: their rule knows no amount, or no rate is known.",
        "Filters: the exception's own entity, and the local date on which it was detected.",
    ]
    if scope.has_period:
        parts.append("The lists of their returns date each return by its first event, so they can hold fewer or more.")
    if scope.entities is not None:
        parts.append("Exceptions of no known entity are left out while entities are chosen.")
    return " ".join(parts)
