"""KPIs of a scope and what they leave out."""

from __future__ import annotations

import streamlit as st

from dashboards.answers import LeftOut, Measure
from dashboards.published import Build, connection
from dashboards.queries import reference
from dashboards.queries.asking import bounds, remaining, rows
from dashboards.scope import Remaining, Returns, Scope
from pipeline.cycle_time import CohortCycleTime, cohort_cycle_time
from pipeline.kpi_breakdown import KpiGroup, kpi_breakdown
from pipeline.kpi_drivers import Driver, kpi_driver
from pipeline.kpis import KpiRow, kpi_rows


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
def driver(build: Build, scope: Scope, measure: Measure, better: str) -> Driver | None:
    """Return what a measure is made of in a scope (see `pipeline.kpi_drivers.kpi_driver`)."""
    asked = (measure.kpi, measure.part, measure.statistic, better)
    entities = list(scope.entities) if scope.entities is not None else None
    return kpi_driver(connection(build), *asked, scope.start, scope.end, entities)


@st.cache_data(show_spinner=False, max_entries=64)
def breakdown(build: Build, scope: Scope, measure: Measure, by: str) -> list[KpiGroup]:
    """Return a measure by the groups of a slice (see `pipeline.kpi_breakdown.kpi_breakdown`)."""
    asked = (measure.measure, measure.kpi, measure.part, measure.statistic)
    entities = list(scope.entities) if scope.entities is not None else None
    return kpi_breakdown(connection(build), asked, by, scope.start, scope.end, entities)


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
    return [LeftOut(*row) for row in rows(build, sql, bounds(scope))]


@st.cache_data(show_spinner=False, max_entries=64)
def remaining_items(build: Build, scope: Scope) -> Remaining:
    """Return how many KPI items with a date each filter leaves."""
    dated = "select entity_id, anchor_date as local_date from marts.kpi_items where anchor_date is not null"
    return remaining(build, scope, dated)


@st.cache_data(show_spinner=False, max_entries=64)
def cohort_of_items(build: Build, scope: Scope) -> Returns:
    """Return the returns with a KPI item dated in the period (all without a period), of how many, how many are open."""
    dated = """
        and case_id in (
            select case_id
            from marts.kpi_items
            where anchor_date >= coalesce($start, anchor_date) and (anchor_date < $end or $end is null)
        )
    """
    sql = f"""
        select count(*), count(*) filter (where is_open)
        from event_log.cases
        where ($entities is null or list_contains($entities, entity_id)) {dated if scope.has_period else ""}
    """  # noqa: S608 -- both texts are the program's own
    asked = bounds(scope)
    [(returns, still_open)] = rows(build, sql, asked if scope.has_period else {"entities": asked["entities"]})
    return Returns(returns, reference.all_returns(build), still_open)
