{#- What a log amounts to, in one row: its cases, events and names, its first and last instant, and how long cases take
    from first to last event. -#}
{% macro log_totals(events, cases) -%}
    with
        of_events as (
            select
                count(*) as events,
                count(distinct activity) as activities,
                count(distinct resource) as resources,
                min(event_at) as first_event_at,
                max(event_at) as last_event_at
            from {{ events }}
        ),

        of_cases as (
            select
                count(*) as cases,
                count(distinct variant_id) as variants,
                {{ wait_columns(micros_between("started_at", "ended_at"), "seconds") }}
            from {{ cases }}
        )

    select
        of_cases.cases,
        of_events.events,
        of_events.activities,
        of_cases.variants,
        of_events.resources,
        of_events.first_event_at,
        of_events.last_event_at,
        of_cases.mean_seconds,
        of_cases.median_seconds,
        of_cases.p90_seconds
    from of_cases
    cross join of_events
{%- endmacro %}

{#- Activities and how they recur: their events and cases, the cases that begin and end with them, those in which they
    occur more than once, and how often they directly follow themselves. -#}
{% macro activity_use(events, cases) -%}
    with
        of_cases as (
            select
                activity,
                case_id,
                count(*) as events,
                count(case when case_position = 1 then 1 end) as starts,
                count(case when next_activity is null then 1 end) as ends,
                count(case when next_activity = activity then 1 end) as self_loops
            from {{ events }}
            group by activity, case_id
        )

    select
        activity,
        cast(sum(events) as bigint) as events,
        count(*) as cases,
        cast(sum(starts) as bigint) as start_cases,
        cast(sum(ends) as bigint) as end_cases,
        count(case when events > 1 then 1 end) as rework_cases,
        cast(sum(self_loops) as bigint) as self_loops
    from of_cases
    group by activity
    order by events desc, activity
{%- endmacro %}

{#- Cases with their time from first to last event, in seconds. -#}
{% macro case_durations(events, cases) -%}
    select
        case_id,
        events,
        started_at,
        ended_at,
        cast({{ micros_between("started_at", "ended_at") }} as double) / 1000000 as duration_seconds,
        variant_id
    from {{ cases }}
    order by case_id
{%- endmacro %}
