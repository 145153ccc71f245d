"""The exceptions of a scope, those detected in its period: what is open, since when, and what is at stake."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards.attention.exceptions import AGES, AgeClass, By, Choice, Flagged, Group, Order, Totals
from dashboards.published import Build
from dashboards.queries import reference
from dashboards.queries.asking import bounds, once_a_build, remaining, rows
from dashboards.scope import Remaining, Returns, Scope

PAGE_ROWS = 20

_OF_SCOPE = """
    with dated as (
        select
            exceptions.*,
            cast(timezone(coalesce(clocks.time_zone, 'UTC'), timezone('UTC', exceptions.detected_at)) as date)
            as detected_date
        from marts.exceptions
        left join staging.entity_clocks as clocks on clocks.entity_id = exceptions.entity_id
    ),
    judged as (
        select
            *,
            $entities is null or coalesce(list_contains($entities, entity_id), false) as is_of_entities,
            detected_date >= coalesce($start, detected_date) and (detected_date < $end or $end is null) as is_of_period
        from dated
    )
"""

_CHOSEN = (
    _OF_SCOPE
    + """,
    chosen as (
        select
            judged.*,
            (epoch_us(coalesce(resolved_at, as_of.as_of_at)) - epoch_us(detected_at)) / 86400e6 as age_days
        from judged
        cross join returns.as_of
        where is_of_entities
            and is_of_period
            and ($kind is null or exception_type = $kind)
            and ($with_resolved or resolved_at is null)
    )
"""
)

_ORDERS: dict[Order, str] = {
    "oldest": " order by age_days desc, value desc nulls last, exception_type, object_id, chosen.case_id",
    "dearest": " order by value desc nulls last, age_days desc, exception_type, object_id, chosen.case_id",
}
_COLUMNS: dict[By, str] = {"type": "exception_type", "entity": "entity_id"}


def _chosen(scope: Scope, choice: Choice) -> dict[str, Any]:
    return {**bounds(scope), "kind": choice.kind, "with_resolved": choice.with_resolved}


@once_a_build
def types(build: Build) -> list[str]:
    """Return the types of exception that the build knows, in the order of the specification."""
    sql = "select part from staging.kpi_measures where kpi = 'open_exceptions' and part is not null order by position"
    return [str(row[0]) for row in rows(build, sql)]


@st.cache_data(show_spinner=False, max_entries=64)
def remaining_exceptions(build: Build, scope: Scope) -> Remaining:
    """Return how many exceptions, open or resolved, each filter leaves."""
    dated = "select entity_id, detected_date as local_date from judged"
    return remaining(build, scope, _OF_SCOPE + dated)


@st.cache_data(show_spinner=False, max_entries=64)
def cohort_of_exceptions(build: Build, scope: Scope) -> Returns:
    """Return the returns with an exception detected in the period, of how many; all of them without a period."""
    counted = """
        select count(*), count(*) filter (where is_open)
        from event_log.cases
        where ($entities is null or list_contains($entities, entity_id))
            and (($start is null and $end is null) or case_id in (select case_id from judged where is_of_period))
    """
    [(returns, still_open)] = rows(build, _OF_SCOPE + counted, bounds(scope))
    return Returns(returns, reference.all_returns(build), still_open)


@st.cache_data(show_spinner="Reading the exceptions …", max_entries=64)
def totals(build: Build, scope: Scope, choice: Choice) -> Totals:
    """Return what the chosen exceptions add up to."""
    summed = """
        select
            count(*), count(*) filter (where resolved_at is null), count(distinct case_id),
            count(*) filter (where case_id is null), count(value), cast(coalesce(sum(value), 0) as double)
        from chosen
    """
    return Totals(*rows(build, _CHOSEN + summed, _chosen(scope, choice))[0])


@st.cache_data(show_spinner=False, max_entries=64)
def groups(build: Build, scope: Scope, choice: Choice, by: By) -> list[Group]:
    """Return the chosen exceptions by type or by entity, the most at stake first."""
    column = _COLUMNS[by]
    grouped = f"""
        select
            {column}, count(*), count(*) filter (where resolved_at is null), max(age_days), count(value),
            cast(coalesce(sum(value), 0) as double), count(distinct case_id)
        from chosen
        group by {column}
        order by coalesce(sum(value), 0) desc, count(*) desc, {column} nulls last
    """  # noqa: S608
    return [Group(*row) for row in rows(build, _CHOSEN + grouped, _chosen(scope, choice))]


@st.cache_data(show_spinner=False, max_entries=64)
def ages(build: Build, scope: Scope, choice: Choice) -> list[AgeClass]:
    """Return the chosen exceptions by age, youngest first, every class of `AGES`."""
    aged = """
        select
            case
                when age_days < 2 then 0
                when age_days < 7 then 1
                when age_days < 30 then 2
                when age_days < 90 then 3
                when age_days < 180 then 4
                else 5
            end as age_class,
            count(*) filter (where resolved_at is null),
            count(*) filter (where resolved_at is not null),
            cast(coalesce(sum(value), 0) as double)
        from chosen
        group by age_class
    """
    found = {row[0]: row[1:] for row in rows(build, _CHOSEN + aged, _chosen(scope, choice))}
    return [AgeClass(name, *found.get(position, (0, 0, 0.0))) for position, name in enumerate(AGES)]


_FLAGGED = """
    select
        exception_type, object_type, object_id, chosen.case_id, cases.rma_number, chosen.entity_id, detected_at,
        resolved_at, age_days, evidence, cast(value as double)
    from chosen
    left join event_log.cases on cases.case_id = chosen.case_id
"""


@st.cache_data(show_spinner=False, max_entries=64)
def queue(build: Build, scope: Scope, choice: Choice, order: Order, page: int) -> list[Flagged]:
    """Return a page (from 1) of the chosen exceptions, the oldest or the dearest first."""
    parameters = {**_chosen(scope, choice), "limit": PAGE_ROWS, "offset": (page - 1) * PAGE_ROWS}
    return _flagged(build, _CHOSEN + _FLAGGED + _ORDERS[order] + " limit $limit offset $offset", parameters)


def whole_queue(build: Build, scope: Scope, choice: Choice, order: Order) -> list[Flagged]:
    """Return all of the chosen exceptions, for a file."""
    return _flagged(build, _CHOSEN + _FLAGGED + _ORDERS[order], _chosen(scope, choice))


def _flagged(build: Build, sql: str, parameters: dict[str, Any]) -> list[Flagged]:
    currency = reference.reporting_currency(build)
    return [Flagged(*(*row, None if row[-1] is None else currency)) for row in rows(build, sql, parameters)]
