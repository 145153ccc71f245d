{#- Directly-follows edges: how often, in how many cases, and the wait between the two events, elapsed and business. -#}
{% macro edges(events, cases) -%}
    with
        numbered as ({{ numbered_cases(cases) }}),
        steps as ({{ numbered_steps(events, "numbered", ["activity"]) }}),

        waits as (
            select
                activity,
                next_activity,
                count(*) as frequency,
                {{ wait_columns("micros", "seconds") }},
                {{ wait_columns("business_micros", "business_seconds") }}
            from steps
            group by activity, next_activity
        ),

        counted as ({{ distinct_cases("steps", ["activity", "next_activity"]) }})

    select
        waits.activity,
        waits.next_activity,
        waits.frequency,
        counted.cases,
        waits.mean_seconds,
        waits.median_seconds,
        waits.p90_seconds,
        waits.total_seconds,
        waits.mean_business_seconds,
        waits.median_business_seconds,
        waits.p90_business_seconds,
        waits.total_business_seconds
    from waits
    inner join counted on counted.activity = waits.activity and counted.next_activity = waits.next_activity
    order by waits.frequency desc, waits.activity, waits.next_activity
{%- endmacro %}

{#- Activities: their events and cases, the cases that begin and end with them, and the ended ones among the latter. -#}
{% macro activities(events, cases) -%}
    with
        numbered as ({{ numbered_cases(cases, ["is_open"]) }}),

        of_cases as (
            select
                log_events.activity,
                numbered.case_number,
                log_events.case_position = 1 as is_start,
                log_events.next_activity is null as is_end,
                numbered.is_open
            from {{ events }} as log_events
            inner join numbered on numbered.case_id = log_events.case_id
        ),

        totals as (
            select
                activity,
                count(*) as events,
                count(case when is_start then 1 end) as starts,
                count(case when is_end then 1 end) as ends,
                count(case when is_end and not is_open then 1 end) as finished_ends
            from of_cases
            group by activity
        ),

        counted as ({{ distinct_cases("of_cases", ["activity"]) }})

    select totals.activity, totals.events, counted.cases, totals.starts, totals.ends, totals.finished_ends
    from totals
    inner join counted on counted.activity = totals.activity
    order by counted.cases desc, totals.activity
{%- endmacro %}
