"""How does the process really run? The directly-follows graph of the returns, in lanes."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.frame import View
from dashboards.process_map.comparing import choose_other
from dashboards.process_map.difference import show_difference
from dashboards.process_map.one_map import show_one_map
from dashboards.process_map.panel import Asked
from dashboards.queries import reference, returns

QUESTION = "How does the process really run?"


def page(view: View) -> None:
    """Show the process map, of one cohort or of two."""
    count = frame.begin_with_returns(view, QUESTION)
    if not count:
        return
    build, cohort = view.build.whole, view.scope.cohort().to_json()
    days = returns.standard_days(build, view.scope)
    business_day = days[0] if len(days) == 1 else None
    currency = reference.reporting_currency(build)
    asked = Asked(build, cohort, count, False, view.clock, business_day, currency)
    answer = st.container(key="map-answer")
    row = st.container(key="map-against", horizontal=True, vertical_alignment="bottom")
    with row:
        other = choose_other(view, cohort)
    if other:
        show_difference(asked, other, answer, row)
    else:
        show_one_map(asked, view.scope, answer, row)
