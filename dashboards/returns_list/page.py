"""Which returns are these? The returns of the selection one by one, each leading to its own page."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.choices import choose
from dashboards.frame import View
from dashboards.paging import choose_page, to_first_page
from dashboards.queries import reference, returns_list
from dashboards.returns_list import words
from dashboards.returns_list.listing import ORDERS, Totals
from dashboards.returns_list.table import returns_html
from mining.map_view import Clock

QUESTION = "Which returns are these?"
ORDER, PAGE = "returns-order", "returns-page"


def page(view: View) -> None:
    """Show the returns of the selection."""
    build, scope = view.build, view.scope
    if not frame.begin_with_returns(view, QUESTION):
        return
    clock = view.clock
    totals = returns_list.totals(build, scope)
    frame.lead(words.lead(totals, clock, reference.reporting_currency(build)))
    _list(view, totals, clock)


def _list(view: View, totals: Totals, clock: Clock) -> None:
    build, scope = view.build, view.scope
    currency = reference.reporting_currency(build)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = choose("First", ORDER, ORDERS, to_first_page(PAGE))
        st.download_button(
            "Download CSV",
            lambda: returns_list.listing_csv(build, scope, order, clock),
            "returns.csv",
            "text/csv",
            key="returns-csv",
        )
    slot = st.empty()
    number = choose_page(totals.returns, returns_list.PAGE_ROWS, PAGE)
    shown = returns_list.listed(build, scope, order, clock, number)
    slot.html(returns_html(shown, clock, scope, view.names, currency))
    frame.caption(words.caption(totals, order, clock, currency))
