{#- Targets given from outside, one row each. -#}
{% macro given_targets() -%}
    select unnest(cast($activities as varchar[])) as activity, unnest(cast($target_micros as bigint[])) as target_micros
{%- endmacro %}

{#- Waits with what the cases say of them, and whether they count for a step's queue. -#}
{% macro valued_waits(events, cases, flow) -%}
    select
        waits.activity,
        waits.department,
        waits.previous,
        {{ "log_cases." ~ flow.site if flow.site else "cast(null as varchar)" }} as site,
        waits.{{ flow.clock }}_micros as micros,
        {{ "log_cases." ~ flow.value if flow.value else "cast(null as double)" }} as value,
        {{ "log_cases." ~ flow.day_seconds if flow.day_seconds else "86400" }} as day_seconds,
        waits.is_inside,
        waits.is_leap,
        waits.is_late,
        not waits.is_inside
        and not waits.is_leap
        and not waits.is_late
        and waits.{{ flow.clock }}_micros is not null as is_counted
    from {{ flow.waits or "(" ~ step_waits(events, cases) ~ ")" }} as waits
    inner join {{ cases }} as log_cases on log_cases.case_id = waits.case_id
{%- endmacro %}

{#- The median wait for each step: the target of those that nobody has given one. -#}
{% macro step_medians(events, cases, flow) -%}
    select activity, count(micros) as waits, {{ wait_percentile("micros", "median") }} as median_seconds
    from ({{ valued_waits(events, cases, flow) }}) as waits
    where is_counted
    group by activity
    order by activity
{%- endmacro %}

{#- Waits for a step in excess of its target, by the columns `by`, the largest sum first. -#}
{% macro bottlenecks(events, cases, flow, by) -%}
    {%- set keys = (["activity"] + by) | join(", ") %}
    with
        waits as ({{ valued_waits(events, cases, flow) }}),

        given as ({{ given_targets() }}),

        medians as (
            select activity, cast(round({{ wait_percentile("micros", "median") }} * 1000000) as bigint) as median_micros
            from waits
            where is_counted
            group by activity
        ),

        measured as (
            select
                waits.*,
                coalesce(given.target_micros, medians.median_micros) as target_micros,
                given.target_micros is not null as is_given,
                greatest(waits.micros - coalesce(given.target_micros, medians.median_micros), 0) as excess_micros
            from waits
            left join given on given.activity = waits.activity
            left join medians on medians.activity = waits.activity
        ),

        counted as (
            select
                {{ keys }},
                count(*) as waits,
                {{ wait_columns("micros", "seconds") }},
                max(target_micros) as target_micros,
                max(case when is_given then 1 else 0 end) = 1 as is_given,
                count(case when excess_micros > 0 then 1 end) as over_target,
                sum(excess_micros) as excess_micros,
                sum(cast(value * (excess_micros / (1000000.0 * day_seconds)) as decimal(38, 9))) as value_days,
                count(case when value is null or day_seconds is null then 1 end) as unvalued
            from measured
            where is_counted
            group by {{ keys }}
        ),

        left_out as (
            select
                {{ keys }},
                count(case when is_inside and not is_late then 1 end) as inside,
                coalesce(sum(case when is_inside and not is_late then micros end), 0) as inside_micros,
                count(case when is_leap and not is_inside and not is_late then 1 end) as leaps,
                count(case when is_late then 1 end) as late
            from waits
            group by {{ keys }}
        )

    select
        {% for column in ["activity", "department", "site", "previous"] -%}
            {{ "left_out." ~ column if column in ["activity"] + by else "null" }} as {{ column }},
        {% endfor -%}
        coalesce(counted.waits, 0) as waits,
        counted.mean_seconds,
        counted.median_seconds,
        counted.p90_seconds,
        coalesce(counted.total_seconds, 0) as total_seconds,
        cast(counted.target_micros as double) / 1000000 as target_seconds,
        coalesce(counted.is_given, false) as is_given,
        coalesce(counted.over_target, 0) as over_target,
        cast(coalesce(counted.excess_micros, 0) as double) / 1000000 as excess_seconds,
        cast(counted.excess_micros as double) / nullif(sum(counted.excess_micros) over (), 0) as excess_share,
        cast(coalesce(counted.value_days, 0) as double) as value_days,
        coalesce(counted.unvalued, 0) as unvalued,
        left_out.inside,
        cast(left_out.inside_micros as double) / 1000000 as inside_seconds,
        left_out.leaps,
        left_out.late
    from left_out
    left join
        counted
        on {% for column in ["activity"] + by -%}
            counted.{{ column }} is not distinct from left_out.{{ column }}{{ " and " if not loop.last }}
        {%- endfor %}
    order by coalesce(counted.excess_micros, 0) desc, {{ range(1, 5) | join(", ") }}
{%- endmacro %}
