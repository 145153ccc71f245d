"""Everything the pages ask of the published warehouse; the only SQL of the dashboards.

Answers are kept per build: a newly published one has another number, so it is asked afresh and never mixed with the
one before. All of them are small (KPI rows, edges, steps); no page reads the event log.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards.answers import LeftOut, Measure, Target
from dashboards.published import Build, connection
from dashboards.scope import Remaining, Returns, Scope
from mining.catalogue import lanes_of_returns
from mining.cohort import Attribute, Cohort, Period, Rule, Trim, choose
from mining.lanes import LaneMap
from mining.log import EventLog
from mining.process_map import Coverage, ProcessMap, process_map
from mining.process_map import coverage as covered
from mining.simplify import Selection
from pipeline.cycle_time import CohortCycleTime, cohort_cycle_time
from pipeline.kpis import KpiRow, kpi_rows


def _rows(build: Build, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    return connection(build).execute(sql, parameters or {}).fetchall()


def _bounds(scope: Scope) -> dict[str, Any]:
    entities = list(scope.entities) if scope.entities is not None else None
    return {"start": scope.start, "end": scope.end, "entities": entities}


@st.cache_data(show_spinner=False, max_entries=8)
def entity_names(build: Build) -> dict[str, str]:
    """Return the name of every entity_id, in the order of the ids."""
    sql = "select entity_id, coalesce(name, entity_id) from staging.stg_reference__entities order by entity_id"
    return dict(_rows(build, sql))


@st.cache_data(show_spinner=False, max_entries=8)
def reporting_currency(build: Build) -> str:
    """Return the currency whose rate is 1 in every month; empty when there is none or more than one."""
    sql = """
        select currency
        from staging.stg_reference__fx_rates
        group by currency
        having min(rate) = 1 and max(rate) = 1
    """
    found = _rows(build, sql)
    return str(found[0][0]) if len(found) == 1 else ""


@st.cache_data(show_spinner=False, max_entries=8)
def measures(build: Build) -> list[Measure]:
    """Return all KPI measures in the order of the definitions."""
    sql = """
        select
            kpi_measures.measure, kpis.kpi, kpi_measures.part, kpi_measures.statistic, kpis.title, kpis.unit,
            kpis.population, kpis.definition, kpis.anchor
        from staging.kpi_measures
        inner join staging.kpis on kpis.kpi = kpi_measures.kpi
        order by kpi_measures.position
    """
    return [Measure(*row) for row in _rows(build, sql)]


@st.cache_data(show_spinner=False, max_entries=8)
def targets(build: Build) -> list[Target]:
    """Return the targets, of every entity and of all (`*`)."""
    sql = """
        select kpi, coalesce(entity_id, '*'), cast(target as double), better
        from staging.stg_reference__kpi_targets
        where target is not null
        order by kpi, entity_id
    """
    return [Target(*row) for row in _rows(build, sql)]


@st.cache_data(show_spinner="Reading the KPIs …", max_entries=64)
def kpis(build: Build, scope: Scope, by: str | None = None) -> list[KpiRow]:
    """Return the KPI measures of a scope, whole or by a slice (see `pipeline.kpis.kpi_rows`)."""
    entities = list(scope.entities) if scope.entities is not None else None
    return kpi_rows(connection(build), scope.start, scope.end, by, entities)


@st.cache_data(show_spinner=False, max_entries=64)
def requested_cohort(build: Build, scope: Scope) -> CohortCycleTime:
    """Return the cycle time of the returns requested in a scope, open ones included."""
    entities = list(scope.entities) if scope.entities is not None else None
    return cohort_cycle_time(connection(build), scope.start, scope.end, entities)


@st.cache_data(show_spinner=False, max_entries=64)
def left_outs(build: Build, scope: Scope) -> list[LeftOut]:
    """Return what each KPI leaves out in a scope and why, most frequent first."""
    sql = """
        select kpi, kpi_part, left_out_reason, bool_or(is_lacking), count(*)
        from marts.kpi_items
        where left_out_reason is not null
            and (
                anchor_date is null
                or (anchor_date >= coalesce($start, anchor_date) and (anchor_date < $end or $end is null))
            )
            and ($entities is null or list_contains($entities, entity_id))
        group by kpi, kpi_part, left_out_reason
        order by count(*) desc, kpi, kpi_part, left_out_reason
    """
    return [LeftOut(*row) for row in _rows(build, sql, _bounds(scope))]


@st.cache_data(show_spinner=False, max_entries=64)
def remaining_items(build: Build, scope: Scope) -> Remaining:
    """Return how many KPI items with a date each filter leaves."""
    sql = """
        with items as (
            select
                $entities is null or list_contains($entities, entity_id) as is_of_entities,
                anchor_date >= coalesce($start, anchor_date) and (anchor_date < $end or $end is null) as is_of_period
            from marts.kpi_items
            where anchor_date is not null
        )
        select
            count(*),
            count(*) filter (where is_of_entities),
            count(*) filter (where is_of_period),
            count(*) filter (where is_of_entities and is_of_period)
        from items
    """
    return Remaining(*_rows(build, sql, _bounds(scope))[0])


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
    return Remaining(*_rows(build, sql, _bounds(scope))[0])


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
    return Returns(*_rows(build, sql, _bounds(scope))[0])


@st.cache_data(show_spinner=False, max_entries=64)
def cohort_of_items(build: Build, scope: Scope) -> Returns:
    """Return the returns with a KPI item dated in the period (all without a period), of how many, how many are open."""
    sql = """
        select count(*), (select count(*) from event_log.cases), count(*) filter (where is_open)
        from event_log.cases
        where ($entities is null or list_contains($entities, entity_id))
            and (
                ($start is null and $end is null)
                or case_id in (
                    select case_id
                    from marts.kpi_items
                    where anchor_date >= coalesce($start, anchor_date) and (anchor_date < $end or $end is null)
                )
            )
    """
    return Returns(*_rows(build, sql, _bounds(scope))[0])


@st.cache_data(show_spinner=False, max_entries=64)
def standard_days(build: Build, scope: Scope) -> list[float]:
    """Return the lengths (seconds) of a business day that the calendars of a scope's returns know."""
    distinct = "select distinct standard_day_seconds from chosen where standard_day_seconds is not null order by all"
    sql = _CHOSEN + distinct
    return [float(row[0]) for row in _rows(build, sql, _bounds(scope))]


@st.cache_data(show_spinner=False, max_entries=8)
def lanes(build: Build) -> LaneMap:
    """Return where every step stands on the map."""
    return lanes_of_returns(EventLog(connection(build)))


def returns_log(build: Build, scope: Scope) -> EventLog:
    """Return the log of the returns of a scope, those that began in its period, on a connection of its own."""
    steps: list[Rule | Trim] = []
    if scope.entities is not None:
        steps.append(Attribute("entity_id", scope.entities))
    if scope.has_period:
        steps.append(Period("started", scope.start, scope.end))
    return choose(EventLog(connection(build)), Cohort(tuple(steps)))


@st.cache_data(show_spinner="Counting the paths …", max_entries=32)
def flow(build: Build, scope: Scope) -> ProcessMap:
    """Return the process map of a scope."""
    return process_map(returns_log(build, scope))


@st.cache_data(show_spinner=False, max_entries=64)
def coverage(build: Build, scope: Scope, selection: Selection) -> Coverage:
    """Return how much of a scope a selection of its process map shows."""
    return covered(returns_log(build, scope), flow(build, scope), selection)
