"""What is recovered and what is left on the table, of the lines first decided in a scope."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build
from dashboards.queries import reference
from dashboards.queries.asking import bounds, once_a_build, remaining, rows
from dashboards.recovery.amounts import ClaimWindow, Recovered, SupplierFunnel
from dashboards.scope import Remaining, Returns, Scope

_ITEMS = """
    with items as (
        select *
        from marts.kpi_items
        where kpi in (
                'supplier_recovery_rate', 'supplier_claim_filing_rate', 'unclaimed_supplier_value', 'recovery_rate'
            )
            and (
                anchor_date is null
                or (anchor_date >= coalesce($start, anchor_date) and (anchor_date < $end or $end is null))
            )
            and ($entities is null or list_contains($entities, entity_id))
    )
"""

LIABLE = f"""
    {_ITEMS},
    claims as (
        select
            return_id || '-' || line_no as item_id,
            count(decided_at) > 0 as is_decided,
            count(case when decided_at is not null then credited_at end) > 0 as is_credited
        from returns.supplier_claims
        where submitted_at is not null
        group by return_id, line_no
    ),
    liable as (
        select
            filing.item_id,
            filing.case_id,
            filing.supplier,
            filing.anchor_at as decided_at,
            filing.numerator > 0 as is_filed,
            coalesce(claims.is_decided, false) as is_decided,
            coalesce(claims.is_credited, false) as is_credited,
            coalesce(costs.denominator, unclaimed.value) as cost,
            costs.numerator as credited,
            unclaimed.value as unclaimed,
            lines.line_no,
            filing.anchor_at
            + to_microseconds(cast(lines.claim_window_days * 86400000000 as bigint)) as window_ends_at
        from items as filing
        inner join returns.return_lines as lines on lines.return_id || '-' || lines.line_no = filing.item_id
        left join items as costs on costs.item_id = filing.item_id and costs.kpi = 'supplier_recovery_rate'
        left join items as unclaimed
            on unclaimed.item_id = filing.item_id and unclaimed.kpi = 'unclaimed_supplier_value'
        left join claims on claims.item_id = filing.item_id
        where filing.kpi = 'supplier_claim_filing_rate'
    )
"""  # noqa: S608 -- only the text above is put in


@st.cache_data(show_spinner=False, max_entries=16)
def remaining_lines(build: Build, scope: Scope) -> Remaining:
    """Return how many decided lines each filter leaves, by the local date of their first disposition."""
    dated = """
        select entity_id, anchor_date as local_date
        from marts.kpi_items
        where kpi in ('recovery_rate', 'supplier_claim_filing_rate')
    """
    return remaining(build, scope, dated)


@st.cache_data(show_spinner=False, max_entries=16)
def cohort_of_lines(build: Build, scope: Scope) -> Returns:
    """Return the returns with a decided line of a scope, of how many, and how many of them are still open."""
    asked = """
        select count(*), count(*) filter (where is_open)
        from event_log.cases
        where case_id in (select case_id from items)
    """
    [(returns, still_open)] = rows(build, _ITEMS + asked, bounds(scope))
    return Returns(returns, reference.all_returns(build), still_open)


@st.cache_data(show_spinner="Adding up what was recovered …", max_entries=16)
def by_disposition(build: Build, scope: Scope) -> tuple[Recovered, ...]:
    """Return what lines with an executed disposition cost and what came back, the dearest disposition first."""
    asked = """,
        executed as (
            select
                return_id || '-' || line_no as item_id,
                case when count(distinct coalesce(disposition, 'unmapped')) > 1 then 'several'
                    else min(coalesce(disposition, 'unmapped')) end as disposition
            from returns.dispositions
            where executed_at is not null
            group by return_id, line_no
        )
        select
            executed.disposition,
            count(*) - count(items.left_out_reason),
            count(items.left_out_reason),
            cast(coalesce(sum(items.denominator), 0) as double) as cost,
            cast(coalesce(sum(items.numerator), 0) as double)
        from items
        inner join executed on executed.item_id = items.item_id
        where items.kpi = 'recovery_rate'
        group by executed.disposition
        order by cost desc, executed.disposition
    """
    return tuple(Recovered(*row) for row in rows(build, _ITEMS + asked, bounds(scope)))


@st.cache_data(show_spinner="Following the supplier claims …", max_entries=16)
def funnel_by_supplier(build: Build, scope: Scope) -> tuple[SupplierFunnel, ...]:
    """Return how far the claims of each supplier came, the most unclaimed cost first."""
    asked = """
        select
            supplier,
            count(*),
            count(case when is_filed then 1 end),
            count(case when is_decided then 1 end),
            count(case when is_credited then 1 end),
            cast(coalesce(sum(cost), 0) as double),
            cast(coalesce(sum(case when is_filed then cost end), 0) as double),
            cast(coalesce(sum(case when is_decided then cost end), 0) as double),
            cast(coalesce(sum(case when is_credited then cost end), 0) as double),
            cast(coalesce(sum(credited), 0) as double),
            cast(coalesce(sum(unclaimed), 0) as double) as unclaimed_cost,
            count(*) - count(cost)
        from liable
        group by supplier
        order by unclaimed_cost desc, supplier
    """
    return tuple(SupplierFunnel(*row) for row in rows(build, LIABLE + asked, bounds(scope)))


@st.cache_data(show_spinner=False, max_entries=16)
def claim_windows(build: Build, scope: Scope) -> tuple[ClaimWindow, ...]:
    """Return the lines without a filed claim by when their claim window ends, the soonest first, what is over last."""
    asked = """,
        judged as (
            select
                case
                    when liable.window_ends_at is null then 5
                    when liable.window_ends_at < as_of.as_of_at then 4
                    when liable.window_ends_at < as_of.as_of_at + interval 7 days then 1
                    when liable.window_ends_at < as_of.as_of_at + interval 30 days then 2
                    else 3
                end as position,
                liable.unclaimed
            from liable
            cross join returns.as_of as as_of
            where not liable.is_filed
        )
        select
            case position when 1 then 'within 7 days' when 2 then 'in 7 to 30 days' when 3 then 'in 30 days or more'
                when 4 then 'is over' else 'is not agreed' end,
            count(*),
            cast(coalesce(sum(unclaimed), 0) as double)
        from judged
        group by position
        order by position
    """
    return tuple(ClaimWindow(*row) for row in rows(build, LIABLE + asked, bounds(scope)))


@once_a_build
def steps_of_dispositions(build: Build) -> dict[str, str]:
    """Return the step in which each disposition is executed, as far as it has one."""
    sql = """
        select disposition, min(executed_activity)
        from returns.dispositions
        where executed_activity is not null
        group by disposition
        having count(distinct executed_activity) = 1
    """
    return dict(rows(build, sql))
