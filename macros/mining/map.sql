{#- Directly-follows edges: how often, in how many cases, and the wait between the two events on each of `clocks`. -#}
{% macro edges(events, cases, clocks=["elapsed", "business"]) -%}
    {%- set kinds = {"elapsed": ["micros", "seconds"], "business": ["business_micros", "business_seconds"]} -%}
    with
        numbered as ({{ numbered_cases(cases) }}),
        steps as ({{ numbered_steps(events, "numbered", ["activity"]) }}),

        waits as (
            select
                activity,
                next_activity,
                count(*) as frequency,
                {% for clock in clocks %}
                    {{ wait_columns(kinds[clock][0], kinds[clock][1]) }}{{ "," if not loop.last }}
                {% endfor %}
            from steps
            group by activity, next_activity
        ),

        counted as ({{ distinct_cases("steps", ["activity", "next_activity"]) }})

    select
        waits.activity,
        waits.next_activity,
        waits.frequency,
        counted.cases,
        {% for clock in clocks %}
            {% for statistic in ["mean", "median", "p90", "total"] %}
                waits.{{ statistic }}_{{ kinds[clock][1] }}{{ "," if not loop.last }}
            {% endfor %}
            {{ "," if not loop.last }}
        {% endfor %}
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
