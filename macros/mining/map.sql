{#- Directly-follows edges: how often, in how many cases, and the wait between the two events, elapsed and business.
    Cases are counted over one row per case and edge, which is several times cheaper than a distinct count. -#}
{% macro edges(events, cases) -%}
    with
        steps as (
            select
                case_id,
                activity,
                next_activity,
                {{ micros_between("event_at", "next_event_at") }} as micros,
                next_business_micros - business_micros as business_micros
            from {{ events }}
            where next_activity is not null
        ),

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

        edges_of_cases as (
            select activity, next_activity, case_id from steps group by activity, next_activity, case_id
        ),

        cases_of_edges as (
            select activity, next_activity, count(*) as cases from edges_of_cases group by activity, next_activity
        )

    select
        waits.activity,
        waits.next_activity,
        waits.frequency,
        cases_of_edges.cases,
        waits.mean_seconds,
        waits.median_seconds,
        waits.p90_seconds,
        waits.total_seconds,
        waits.mean_business_seconds,
        waits.median_business_seconds,
        waits.p90_business_seconds,
        waits.total_business_seconds
    from waits
    inner join
        cases_of_edges
        on cases_of_edges.activity = waits.activity
        and cases_of_edges.next_activity = waits.next_activity
    order by waits.frequency desc, waits.activity, waits.next_activity
{%- endmacro %}

{#- Activities: their events and cases, the cases that begin and end with them, and the ended ones among the latter. -#}
{% macro activities(events, cases) -%}
    with
        of_cases as (
            select
                activity,
                case_id,
                count(*) as events,
                count(case when case_position = 1 then 1 end) as starts,
                count(case when next_activity is null then 1 end) as ends
            from {{ events }}
            group by activity, case_id
        )

    select
        of_cases.activity,
        cast(sum(of_cases.events) as bigint) as events,
        count(*) as cases,
        cast(sum(of_cases.starts) as bigint) as starts,
        cast(sum(of_cases.ends) as bigint) as ends,
        cast(sum(case when not log_cases.is_open then of_cases.ends else 0 end) as bigint) as finished_ends
    from of_cases
    inner join {{ cases }} as log_cases on log_cases.case_id = of_cases.case_id
    group by of_cases.activity
    order by cases desc, of_cases.activity
{%- endmacro %}
