"""Where the time of a scope's returns goes: segments, bottlenecks, queues, the week."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build
from dashboards.queries.returns import returns_log
from dashboards.scope import Scope
from mining import batching, bottlenecks, queues, segments, week


@st.cache_data(show_spinner="Cutting the time into segments …", max_entries=64)
def decomposition(build: Build, scope: Scope) -> segments.Decomposition:
    """Return the segments of the closed returns of a scope."""
    return segments.segments(returns_log(build, scope))


@st.cache_data(show_spinner=False, max_entries=64)
def returns_on_the_clock(build: Build, scope: Scope) -> int:
    """Return how many closed returns of a scope have business time from request to close; others lack a calendar."""
    log = returns_log(build, scope)
    sql = f"select count(closed_micros - requested_micros) from {log.cases} as log_cases where is_closed"  # noqa: S608
    [(clocked,)] = log.connection.execute(sql).fetchall()
    return int(clocked)


@st.cache_data(show_spinner="Ranking the waits …", max_entries=64)
def ranking(build: Build, scope: Scope) -> tuple[bottlenecks.Bottleneck, ...]:
    """Return the bottlenecks of a scope by step, department and site, the largest excess first."""
    return bottlenecks.bottlenecks(returns_log(build, scope), ("department", "site"))


@st.cache_data(show_spinner="Counting what is in progress …", max_entries=32)
def work_in_progress(build: Build, scope: Scope) -> tuple[queues.Queue, ...]:
    """Return what is in progress day by day, in the whole process and in each segment."""
    return queues.queues(returns_log(build, scope))


@st.cache_data(show_spinner=False, max_entries=32)
def flow_balances(build: Build, scope: Scope) -> tuple[queues.FlowBalance, ...]:
    """Return what Little's law says of the whole process and of each segment, over all of the scope's days."""
    return queues.flow_balance(returns_log(build, scope))


@st.cache_data(show_spinner="Reading the week …", max_entries=32)
def week_of(build: Build, scope: Scope) -> week.Week:
    """Return the events of every step by local weekday and hour, and how evenly they spread over the weekdays."""
    return week.week(returns_log(build, scope))


@st.cache_data(show_spinner=False, max_entries=32)
def batches(build: Build, scope: Scope, step: str) -> tuple[batching.BatchedActivity, ...]:
    """Return how a step is done in batches; nothing when it is not."""
    return batching.batched_activities(returns_log(build, scope), activity=step)
