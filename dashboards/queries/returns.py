"""The returns of a scope, those that began in its period, and how they run."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build, connection
from dashboards.queries.asking import bounds, rows
from dashboards.scope import Remaining, Returns, Scope
from mining.cohort import Attribute, Cohort, Period, Rule, choose
from mining.log import EventLog


@st.cache_data(show_spinner=False, max_entries=64)
def remaining_returns(build: Build, scope: Scope) -> Remaining:
    """Return how many returns each filter leaves, by the local date of their first event."""
    sql = """
        with dated as (
            select
                $entities is null or list_contains($entities, entity_id) as is_of_entities,
                cast(timezone(coalesce(time_zone, 'UTC'), timezone('UTC', started_at)) as date) as begun_date
            from event_log.cases
        ),
        judged as (
            select
                is_of_entities,
                begun_date >= coalesce($start, begun_date) and (begun_date < $end or $end is null) as is_of_period
            from dated
        )
        select
            count(*),
            count(*) filter (where is_of_entities),
            count(*) filter (where is_of_period),
            count(*) filter (where is_of_entities and is_of_period)
        from judged
    """
    return Remaining(*rows(build, sql, bounds(scope))[0])


_CHOSEN = """
    with dated as (
        select
            *,
            cast(timezone(coalesce(time_zone, 'UTC'), timezone('UTC', started_at)) as date) as begun_date
        from event_log.cases
        where $entities is null or list_contains($entities, entity_id)
    ),
    chosen as (
        select *
        from dated
        where begun_date >= coalesce($start, begun_date) and (begun_date < $end or $end is null)
    )
"""


@st.cache_data(show_spinner=False, max_entries=64)
def cohort(build: Build, scope: Scope) -> Returns:
    """Return the returns of a scope by the local date of the first event, of how many, and how many are still open."""
    counted = "select count(*), (select count(*) from event_log.cases), count(*) filter (where is_open) from chosen"
    sql = _CHOSEN + counted
    return Returns(*rows(build, sql, bounds(scope))[0])


@st.cache_data(show_spinner=False, max_entries=64)
def standard_days(build: Build, scope: Scope) -> list[float]:
    """Return the lengths (seconds) of a business day that the calendars of a scope's returns know."""
    distinct = "select distinct standard_day_seconds from chosen where standard_day_seconds is not null order by all"
    sql = _CHOSEN + distinct
    return [float(row[0]) for row in rows(build, sql, bounds(scope))]


def cohort_of(scope: Scope) -> Cohort:
    """Return a scope as a cohort: the returns of its entities that began in its period."""
    rules: list[Rule] = []
    if scope.entities is not None:
        rules.append(Attribute("entity_id", scope.entities))
    if scope.has_period:
        rules.append(Period("started", scope.start, scope.end))
    return Cohort(tuple(rules))


def returns_log(build: Build, scope: Scope) -> EventLog:
    """Return the log of the returns of a scope, those that began in its period, on a connection of its own."""
    return choose(EventLog(connection(build)), cohort_of(scope))
