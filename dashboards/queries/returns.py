"""The returns of a scope, those that began in its period, and how they run."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build, connection
from dashboards.queries import reference
from dashboards.queries.asking import remaining, rows
from dashboards.scope import Remaining, Returns, Scope
from mining.log import EventLog


@st.cache_data(show_spinner=False, max_entries=64)
def remaining_returns(build: Build, scope: Scope) -> Remaining:
    """Return how many returns each filter leaves, by the local date of their first event."""
    dated = """
        select
            entity_id,
            cast(timezone(coalesce(time_zone, 'UTC'), timezone('UTC', started_at)) as date) as local_date
        from event_log.cases
    """
    return remaining(build, scope, dated)


@st.cache_data(show_spinner=False, max_entries=64)
def cohort(build: Build, scope: Scope) -> Returns:
    """Return the returns of a scope by the local date of the first event, of how many, and how many are still open."""
    counted = "select count(*), count(*) filter (where is_open) from event_log.cases"
    [(returns, still_open)] = rows(chosen(build, scope), counted)
    return Returns(returns, reference.all_returns(build), still_open)


@st.cache_data(show_spinner=False, max_entries=64)
def standard_days(build: Build, scope: Scope) -> list[float]:
    """Return the lengths (seconds) of a business day that the calendars of a scope's returns know."""
    sql = """
        select distinct standard_day_seconds
        from event_log.cases
        where standard_day_seconds is not null
        order by all
    """
    return [float(row[0]) for row in rows(chosen(build, scope), sql)]


def chosen(build: Build, scope: Scope) -> Build:
    """Return the part of the build with the returns of a scope: those that began in its period, of its entities."""
    return build.keeping(scope.cohort())


def returns_log(build: Build, scope: Scope) -> EventLog:
    """Return the log of the returns of a scope, on a connection of its own."""
    return EventLog(connection(chosen(build, scope)))
