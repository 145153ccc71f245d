"""A page of returns as HTML, each leading to its own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.links import return_address
from dashboards.list_html import Column, link, list_html, measured, plain, unbroken
from dashboards.returns_list.listing import Listed
from dashboards.scope import Scope
from mining.map_view import Clock
from pipeline import formats

NOT_ARRIVED = "missing"


def returns_html(page: Sequence[Listed], clock: Clock, scope: Scope, names: Mapping[str, str], currency: str) -> str:
    """Return the rows of a page; bars are to the scale of the page."""
    columns = [
        Column("Return"),
        Column("State"),
        Column("Started (UTC)"),
        Column(f"{clock.capitalize()} days", True),
        Column(f"Value ({currency})" if currency else "Value", True),
        Column("Open exceptions", True),
        Column("Entity"),
        Column("Site"),
        Column("Reason"),
        Column("Channel"),
    ]
    longest = max((_days(one, clock) or 0.0 for one in page), default=0.0)
    dearest = max((one.value or 0.0 for one in page), default=0.0)
    lines = [
        [
            _return_of(one, scope),
            plain(one.state),
            unbroken(formats.minute(one.started_at)),
            _bar(_days(one, clock), longest, "so far" if one.state == "open" else ""),
            _bar(one.value, dearest, amount=True),
            plain(formats.count(one.open_exceptions) if one.open_exceptions else formats.NOTHING),
            plain(names.get(one.entity_id, one.entity_id)),
            plain(formats.NOTHING if one.site == NOT_ARRIVED else one.site),
            plain(formats.code_in_words(one.reason)),
            plain(formats.code_in_words(one.channel)),
        ]
        for one in page
    ]
    return list_html("Returns", columns, lines)


def _return_of(one: Listed, scope: Scope) -> str:
    shown = one.rma_number or one.case_id
    return link(shown, return_address(one.case_id, scope), f"Open the return {shown}")


def _days(one: Listed, clock: Clock) -> float | None:
    return one.elapsed_days if clock == "elapsed" else one.business_days


def _bar(value: float | None, most: float, note: str = "", amount: bool = False) -> str:
    if value is None:
        return plain(formats.NOTHING)
    figure = formats.amount(value) if amount else formats.number(value, 1)
    return measured(f"{figure} {note}".strip(), value / most if most else 0.0)
