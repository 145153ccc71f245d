"""The sections below the first screen: what is in progress and the week, asked only when somebody opens them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards import frame
from dashboards.published import Build
from dashboards.queries import reference
from dashboards.queries import time as queries
from dashboards.scope import Scope
from dashboards.time.queue import choose_place, show_queue
from dashboards.time.week import choose_step, crowding_in_words, show_hours


@st.fragment
def show_in_progress(build: Build, scope: Scope, segments: Mapping[str, str]) -> None:
    """Let the reader open how much is in progress; nothing is asked before that."""
    frame.section("How much is in progress?")
    with st.expander("Day by day", key="in-progress", on_change="rerun", bind="query-params") as days:
        if days.open:
            place = choose_place(segments)
            show_queue(queries.work_in_progress(build, scope), queries.flow_balances(build, scope), place)


@st.fragment
def show_week(build: Build, scope: Scope) -> None:
    """Let the reader open when in the week it is done; nothing is asked before that."""
    frame.section("When in the week is it done?")
    with st.expander("By weekday and hour", key="week-hours", on_change="rerun", bind="query-params") as opened:
        if opened.open:
            found = queries.week_of(build, scope)
            frame.caption(crowding_in_words(found.weekdays))
            step = choose_step(reference.steps(build), queries.week_of(build.whole, Scope()).weekdays)
            show_hours(found.hours, step, queries.batches(build, scope, step))
