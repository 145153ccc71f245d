{#- Stays of returns in their segments, and (without a place) in the whole process; left_at is null while it runs,
    seen_until then the as-of instant. -#}
{% macro segment_stays(cases, segments) -%}
    select
        parts.segment as place,
        parts.case_id,
        parts.started_at as entered_at,
        case when not parts.is_running then parts.ended_at end as left_at,
        parts.ended_at as seen_until,
        coalesce(log_cases.time_zone, 'UTC') as time_zone
    from {{ segments }} as parts
    inner join {{ cases }} as log_cases on log_cases.case_id = parts.case_id
    union all
    select
        cast(null as varchar),
        parts.case_id,
        min(parts.started_at),
        case when not bool_or(parts.is_running) then max(parts.ended_at) end,
        max(parts.ended_at),
        coalesce(max(log_cases.time_zone), 'UTC')
    from {{ segments }} as parts
    inner join {{ cases }} as log_cases on log_cases.case_id = parts.case_id
    group by parts.case_id
{%- endmacro %}

{#- Stays of cases in their process, from the first to the last event; open ones are seen until the log ends. -#}
{% macro case_stays(cases) -%}
    select
        cast(null as varchar) as place,
        case_id,
        started_at as entered_at,
        case when not is_open then ended_at end as left_at,
        case when is_open then max(ended_at) over () else ended_at end as seen_until,
        'UTC' as time_zone
    from {{ cases }}
{%- endmacro %}

{% macro stays(cases, segments) -%}
    {{ segment_stays(cases, segments) if segments else case_stays(cases) }}
{%- endmacro %}

{#- Arrivals and departures of each place by local date. -#}
{% macro movements(events, cases, segments) -%}
    with
        stays as ({{ stays(cases, segments) }}),

        moves as (
            select place, {{ local_date("entered_at", "time_zone") }} as local_date, 1 as arrived, 0 as departed
            from stays
            union all
            select place, {{ local_date("left_at", "time_zone") }}, 0, 1
            from stays
            where left_at is not null
        )

    select place, local_date, cast(sum(arrived) as bigint) as arrivals, cast(sum(departed) as bigint) as departures
    from moves
    group by place, local_date
    order by place nulls first, local_date
{%- endmacro %}

{#- What Little's law needs of each place in the window from `$start` to before `$end`, both cut to what the log has
    seen: who was there at its ends, who came and left, and the time spent inside. -#}
{% macro flow_balance(events, cases, segments) -%}
    with
        stays as ({{ stays(cases, segments) }}),

        seen as (select min(entered_at) as first_at, {{ add_micros("max(seen_until)", 1) }} as last_at from stays),

        bounds as (
            select
                greatest(coalesce(cast($start as timestamp), first_at), first_at) as start_at,
                least(coalesce(cast($end as timestamp), last_at), last_at) as end_at
            from seen
        ),

        placed as (
            select
                stays.*,
                bounds.*,
                entered_at >= start_at and entered_at < end_at as is_arrival,
                coalesce(left_at >= start_at and left_at < end_at, false) as is_departure,
                entered_at < start_at and coalesce(left_at >= start_at, true) as is_there_at_start,
                entered_at < end_at and coalesce(left_at >= end_at, true) as is_there_at_end,
                greatest(
                    {{ micros_between("greatest(entered_at, start_at)", "least(coalesce(left_at, end_at), end_at)") }},
                    0
                ) as inside_micros,
                {{ micros_between("entered_at", "left_at") }} as stay_micros
            from stays
            cross join bounds
        )

    select
        place,
        start_at,
        end_at,
        count(case when is_there_at_start then 1 end) as at_start,
        count(case when is_arrival then 1 end) as arrivals,
        count(case when is_departure then 1 end) as departures,
        count(case when is_there_at_end then 1 end) as at_end,
        sum(inside_micros) as inside_micros,
        coalesce(sum(case when is_departure then stay_micros end), 0) as departed_micros
    from placed
    group by place, start_at, end_at
    order by place nulls first
{%- endmacro %}

{#- Days from `$first` to `$last` on which any entity of the cases works. -#}
{% macro working_days(events, cases) -%}
    select count(distinct business_days.local_date)
    from staging.business_days as business_days
    where
        business_days.open_micros > 0
        and business_days.local_date between $first and $last
        and business_days.entity_id in (select entity_id from {{ cases }})
{%- endmacro %}

{#- How long it takes from one activity to another of the same extract row: work with a stamp at both ends. -#}
{% macro work_times(events, cases, begun, done) -%}
    with
        begun as (
            select case_id, source_table, source_key, event_at, business_micros
            from {{ events }}
            where activity = '{{ begun }}'
        ),

        done as (
            select case_id, source_table, source_key, event_at, business_micros
            from {{ events }}
            where activity = '{{ done }}'
        ),

        worked as (
            select
                {{ micros_between("begun.event_at", "done.event_at") }} as micros,
                done.business_micros - begun.business_micros as business_micros
            from begun
            left join
                done
                on done.case_id = begun.case_id
                and done.source_table = begun.source_table
                and done.source_key = begun.source_key
                and done.event_at >= begun.event_at
        )

    select
        count(micros) as jobs,
        count(*) - count(micros) as without_end,
        {{ wait_columns("micros", "seconds") }},
        {{ wait_columns("business_micros", "business_seconds") }}
    from worked
{%- endmacro %}
