"""One return in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboards.one_return.story import Alarm, Facts, Stretch
from mining.map_view import DAY
from pipeline import formats

_STATES = {
    "closed": "was closed after",
    "open": "has been open for",
    "declined": "was declined after",
    "cancelled": "was cancelled after",
}
LEGEND = (
    "Numbers are the steps of the table below; squares were done by a program, circles by people or by somebody the "
    "extract does not name. The thin line follows the order of the steps. Diamonds are exceptions, their lines last "
    "until they were resolved, or leave the drawing; dotted ones are open. Hatched: still running."
)
SEARCH = (
    "The search looks through all returns, whatever the filters. Customers are masked, and of users it is said only "
    "whether a person or a program did a step."
)
STEPS = (
    "Times count from the request, below them from the step before; a business day has the length that the entity's "
    "calendar gives it. The file and row are those of the latest version of the record; rows count from 1 below "
    "the header."
)


def lead(facts: Facts, stretches: Sequence[Stretch], alarms: Sequence[Alarm], currency: str) -> str:
    """Say what became of a return, how long it took on both clocks, what it was worth, and where its time went."""
    name = f"{facts.rma_number} (return {facts.case_id})" if facts.rma_number else f"The return {facts.case_id}"
    sentences = [f"{name} {_STATES[facts.state]} {_took(facts, stretches)}{_money(facts, currency)}."]
    sentences += _longest(facts, stretches)
    return " ".join([*sentences, _alarms(alarms)])


def _alarms(alarms: Sequence[Alarm]) -> str:
    still_open = sum(1 for one in alarms if one.resolved_at is None)
    if not alarms:
        return "It has no exception."
    if len(alarms) == 1:
        return f"It has 1 exception, {'still open' if still_open else 'resolved'}."
    return f"It has {len(alarms)} exceptions, {still_open or 'none'} of them still open."


def _took(facts: Facts, stretches: Sequence[Stretch]) -> str:
    elapsed = formats.plain(sum(one.seconds for one in stretches) / DAY, "calendar days")
    known = [one.business_seconds for one in stretches if one.business_seconds is not None]
    if facts.day_seconds is None or len(known) < len(stretches):
        return elapsed
    return f"{formats.plain(sum(known) / facts.day_seconds, 'business days')} ({elapsed})"


def _money(facts: Facts, currency: str) -> str:
    if facts.return_value is None:
        return ""
    returned = formats.money(facts.return_value, currency)
    if not facts.credit_value:
        return f"; goods worth {returned}, nothing credited"
    return f"; goods worth {returned}, {formats.money(facts.credit_value, currency)} credited"


def _longest(facts: Facts, stretches: Sequence[Stretch]) -> list[str]:
    timed = [one for one in stretches if one.business_seconds is not None]
    longest = max(timed, key=lambda one: one.business_seconds or 0.0, default=None)
    if longest is None or facts.day_seconds is None or not longest.business_seconds:
        return []
    days = formats.plain(longest.business_seconds / facts.day_seconds, "business days")
    return [f"The longest part was {longest.title[:1].lower() + longest.title[1:]}: {days}."]


def facts_html(facts: Facts, entity: str) -> str:
    """Return what is known of a return as an HTML list; its customer is masked."""
    known = (
        ("Return", facts.case_id),
        ("RMA number", facts.rma_number or "none"),
        ("Entity", entity),
        ("Asked for", facts.requested_resolution or "not known"),
        ("Channel", formats.code_in_words(facts.channel)),
        ("Reason", formats.code_in_words(facts.reason)),
        ("Category", facts.category),
        ("Supplier", facts.supplier),
        ("Site", facts.site),
        ("Customer", f"masked; segment {facts.segment}"),
    )
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in known)
    return f'<dl class="rt-known">{items}</dl>'


def not_found(text: str) -> str:
    """Say that a search finds nothing, and what it looks for."""
    return (
        f"No return has the id or the RMA number “{text}”. RMA numbers are compared without spaces, hyphens "
        "and case; a return id must be written as in the ERP. A return that was deleted, or that the extracts of "
        "this build do not hold yet, is not found."
    )


def several(number: int, most: int) -> str:
    """Say that a search means more than one return."""
    return f"{'The first ' if number == most else ''}{number} returns have this RMA number. Choose one:"
