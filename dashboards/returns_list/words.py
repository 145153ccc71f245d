"""What is said of the returns of a selection."""

from __future__ import annotations

from dashboards.returns_list.listing import Order, Totals
from mining.map_view import Clock
from pipeline import formats

ORDERS: dict[Order, str] = {
    "newest": "Started last first.",
    "dearest": "Greatest value first; those without a value last.",
    "longest": "Longest from request to close first; those that are not closed last.",
    "most exceptions": "Most open exceptions first.",
    "oldest open": "Open ones first, the longest open of them first.",
}
CLOCKS: dict[Clock, str] = {"business": "business days", "elapsed": "elapsed days"}


def lead(totals: Totals, clock: Clock, currency: str) -> str:
    """Say how many returns there are, how many are open, what they are worth and how long they take."""
    noun = "return" if totals.returns == 1 else "returns"
    state = f"{formats.count(totals.still_open) if totals.still_open else 'none'} of them open"
    worth = f", worth {formats.money(totals.value, currency)}" if totals.valued else ""
    return f"{formats.count(totals.returns)} {noun}{worth}, {state}. {_took(totals, clock)}{_flagged(totals)}"


def _took(totals: Totals, clock: Clock) -> str:
    median = totals.median_elapsed_days if clock == "elapsed" else totals.median_business_days
    if median is None:
        return "None is closed yet. " if not totals.closed else "None of the closed ones has a calendar. "
    if totals.closed == 1:
        return f"The closed one took {formats.measured(median, CLOCKS[clock])} from request to close. "
    took = formats.measured(median, CLOCKS[clock])
    return f"Half of the {formats.count(totals.closed)} closed ones took {took} or less from request to close. "


def _flagged(totals: Totals) -> str:
    if not totals.with_exceptions:
        return "None has an open exception."
    have = "has" if totals.with_exceptions == 1 else "have"
    return f"{formats.count(totals.with_exceptions)} {have} an open exception."


def caption(totals: Totals, order: Order, clock: Clock, currency: str) -> str:
    """Say in which order they stand, what the columns are, and what is left out."""
    unit = f", in {currency}" if currency else ""
    parts = [
        ORDERS[order],
        f"Time, in {CLOCKS[clock]}: from request to close, to the last event when declined or cancelled, and so far "
        "while open.",
        f"Value: quantity times unit price{unit}, at the rate of the month in which the return was made.",
        f"Site: where the goods arrived first, {formats.NOTHING} where none have arrived.",
    ]
    if totals.valued < totals.returns:
        parts.append(f"{formats.count(totals.returns - totals.valued)} have no value: a rate is missing.")
    if clock == "business" and totals.clocked < totals.closed:
        parts.append(f"{formats.count(totals.closed - totals.clocked)} closed ones have no business calendar.")
    return " ".join(parts)
