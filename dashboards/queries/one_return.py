"""One return: found by its id or RMA number, with its steps, segments, documents and exceptions."""

from __future__ import annotations

import streamlit as st

from dashboards.one_return.story import Alarm, Candidate, Facts, Step, Stretch
from dashboards.published import Build
from dashboards.queries.asking import bounds, rows
from dashboards.scope import Scope
from pipeline.macros import render

MOST_FOUND = 20
# The tables whose rows leave events, each of them a staging table.
EXTRACTS = (
    ("crm", "cases"),
    ("crm", "case_events"),
    ("crm", "messages"),
    ("erp", "returns"),
    ("erp", "return_status_changes"),
    ("erp", "stock_postings"),
    ("erp", "dispositions"),
    ("erp", "credit_memos"),
    ("erp", "replacement_orders"),
    ("erp", "supplier_claims"),
    ("tms", "tracking_events"),
    ("wms", "receipts"),
    ("wms", "inspections"),
    ("middleware", "messages"),
)


@st.cache_data(show_spinner="Looking for the return …", max_entries=64)
def find(build: Build, text: str) -> list[Candidate]:
    """Return the return with this id, else those with this RMA number, written in any way; the first twenty."""
    rma_key = render("normalised_number", column="$text")
    sql = f"""
        with known as (
            select return_id from returns.returns where return_id = $text or rma_key = {rma_key}
        )
        select
            cases.case_id, cases.rma_number, cases.entity_id, cases.started_at,
            (select count(*) from marts.exceptions where exceptions.case_id = cases.case_id and resolved_at is null)
        from known
        inner join event_log.cases on cases.case_id = known.return_id
        order by cases.case_id = $text desc, cases.started_at, cases.case_id
        limit $limit
    """  # noqa: S608
    found = [Candidate(*row) for row in rows(build, sql, {"text": text, "limit": MOST_FOUND})]
    return found[:1] if found and found[0].case_id == text else found


@st.cache_data(show_spinner=False, max_entries=64)
def worth_a_look(build: Build, scope: Scope) -> list[Candidate]:
    """Return the five returns of the chosen entities with the most open exceptions, of those the oldest."""
    sql = """
        select cases.case_id, cases.rma_number, cases.entity_id, cases.started_at, count(*)
        from marts.exceptions
        inner join event_log.cases on cases.case_id = exceptions.case_id
        where exceptions.resolved_at is null and ($entities is null or list_contains($entities, cases.entity_id))
        group by cases.case_id, cases.rma_number, cases.entity_id, cases.started_at
        order by count(*) desc, cases.started_at, cases.case_id
        limit 5
    """
    return [Candidate(*row) for row in rows(build, sql, {"entities": bounds(scope)["entities"]})]


@st.cache_data(show_spinner=False, max_entries=64)
def facts(build: Build, case_id: str) -> Facts:
    """Return what is known of a return, without its customer."""
    sql = """
        select
            case_id, rma_number, entity_id,
            case
                when is_cancelled then 'cancelled' when is_declined then 'declined' when is_closed then 'closed'
                else 'open'
            end,
            requested_at, requested_resolution, site, channel, reason, category, supplier, segment, return_value,
            credit_value, standard_day_seconds
        from event_log.cases
        where case_id = $case_id
    """
    return Facts(*rows(build, sql, {"case_id": case_id})[0])


_STEPS = """
    with of_case as (
        select events.*, cases.requested_at, cases.requested_micros
        from event_log.events
        inner join event_log.cases on cases.case_id = events.case_id
        where events.case_id = $case_id
    ),
    extract_rows as ({extract_rows})
    select
        case_position, activity, event_at, ts_precision, of_case.source_system, department,
        case when is_automation then 'a program' when resource is null then 'not named' else 'a person' end,
        line_no, receipt_id, cast(amount as double), currency,
        (epoch_us(event_at) - epoch_us(requested_at)) / 1e6,
        (business_micros - requested_micros) / 1e6,
        (epoch_us(event_at) - epoch_us(lag(event_at) over case_order)) / 1e6,
        (business_micros - lag(business_micros) over case_order) / 1e6,
        of_case.source_table, of_case.source_key, source_file, source_row
    from of_case
    left join extract_rows
        on extract_rows.source_system = of_case.source_system
        and extract_rows.source_table = of_case.source_table
        and extract_rows.source_key = of_case.source_key
    window case_order as (order by case_position)
    order by case_position
"""


@st.cache_data(show_spinner="Following the return …", max_entries=64)
def steps(build: Build, case_id: str) -> list[Step]:
    """Return the events of a return in order, each with the extract row that it was made of."""
    extract_rows = " union all ".join(
        f"""
        select '{system}' as source_system, '{table}' as source_table, source_key, source_file, source_row
        from staging.stg_{system}__{table}
        where source_key in (select source_key from of_case)
        """  # noqa: S608
        for system, table in EXTRACTS
    )
    return [Step(*row) for row in rows(build, _STEPS.format(extract_rows=extract_rows), {"case_id": case_id})]


@st.cache_data(show_spinner=False, max_entries=64)
def stretches(build: Build, case_id: str) -> list[Stretch]:
    """Return the segments of a return that it has reached, in order."""
    sql = """
        select
            milestones.title, elapsed_micros / 1e6, business_micros / 1e6,
            cast(milestones.target_business_hours as double), is_running, is_cut_short, is_out_of_order
        from event_log.segments
        inner join staging.milestones on milestones.position = segments.position
        where case_id = $case_id
        order by segments.position
    """
    return [Stretch(*row) for row in rows(build, sql, {"case_id": case_id})]


@st.cache_data(show_spinner=False, max_entries=64)
def alarms(build: Build, case_id: str) -> list[Alarm]:
    """Return the exceptions of a return, the first detected first."""
    sql = f"""
        with found as (
            select
                exceptions.*, cases.requested_at, cases.requested_micros, cases.time_zone,
                coalesce(exceptions.resolved_at, as_of.as_of_at) as ended_at
            from marts.exceptions
            inner join event_log.cases on cases.case_id = exceptions.case_id
            cross join returns.as_of
            where exceptions.case_id = $case_id
        )
        select
            exception_type, object_type, object_id, detected_at, resolved_at, cast(value as double), evidence,
            (epoch_us(detected_at) - epoch_us(requested_at)) / 1e6,
            (epoch_us(ended_at) - epoch_us(requested_at)) / 1e6,
            ({render("business_micros", instant="detected_at", day="first_days")} - requested_micros) / 1e6,
            ({render("business_micros", instant="ended_at", day="last_days")} - requested_micros) / 1e6
        from found
        left join staging.business_days as first_days
            on first_days.entity_id = found.entity_id
            and first_days.local_date = {render("local_date", utc_timestamp="detected_at", zone="time_zone")}
        left join staging.business_days as last_days
            on last_days.entity_id = found.entity_id
            and last_days.local_date = {render("local_date", utc_timestamp="ended_at", zone="time_zone")}
        order by detected_at, exception_type, object_id
    """  # noqa: S608
    return [Alarm(*row) for row in rows(build, sql, {"case_id": case_id})]
