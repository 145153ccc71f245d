"""Who hands over to whom? Between systems, departments and resources; and what bounces back."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.choices import choose
from dashboards.drills import at
from dashboards.frame import View
from dashboards.handoffs import words
from dashboards.handoffs.drilling import show_returns
from dashboards.handoffs.parts import show_matrix_and_flow, show_to_and_fro, show_touch_points
from dashboards.handoffs.reading import LEVELS, MEASURES, HandoffReading
from dashboards.handoffs.table import show_handoffs
from dashboards.queries import handoffs, reference, returns

QUESTION = "Who hands over to whom?"


def page(view: View) -> None:
    """Show the handoffs."""
    build, scope = view.build, view.scope
    count = frame.begin_with_returns(view, QUESTION)
    if not count:
        return
    answer = st.container(key="handoffs-answer")
    with st.container(key="handoff-controls", horizontal=True, vertical_alignment="bottom"):
        level = choose("Between", "handoff-level", LEVELS)
        measure = st.selectbox("Show", MEASURES, key="handoff-show", bind="query-params", width=170)
    days = returns.standard_days(build, scope)
    day = days[0] if len(days) == 1 else None
    reading = HandoffReading(measure, view.clock, day, reference.reporting_currency(build))
    found = handoffs.handoffs(build, scope, level)
    with answer:
        frame.lead(words.lead(found, count, level, reading))
    if found:
        show_matrix_and_flow(found, level, reading)
        here = at("handoffs", scope)
        show_returns(found, level, here)
        show_handoffs(found, level, reading)
        show_to_and_fro(handoffs.ping_pong(build, scope, level), found, level, reading, here)
    show_touch_points(handoffs.touch_points(build, scope), count)
