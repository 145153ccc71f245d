{#- Events of the main flow with the position of the event that each of them has waited since, the latest one before it
    that concerns the same line or the whole case, and the furthest stage of such events. `steps` names the main flow's activities with the positions of their
    stages, `line` the events' column of the line; without them every event counts and concerns the whole case. -#}
{% macro main_flow(events, steps=none, line=none) -%}
    with
        flowing as (
            select
                events.case_id,
                events.case_position,
                events.activity,
                events.department,
                events.event_at,
                events.business_micros,
                {{ "events." ~ line if line else "cast(null as string)" }} as line,
                {{ "steps.position" if steps else "cast(null as integer)" }} as stage
            from
                {{ events }}
                as events {{ "inner join " ~ steps ~ " as steps on steps.activity = events.activity" if steps }}
        ),

        {% if line %}
            lined as (
                select
                    *,
                    lag(case_position) over line_order as line_position,
                    max(stage) over before_it_in_line as line_stage
                from flowing
                where line is not null
                window
                    line_order as (partition by case_id, line order by case_position),
                    before_it_in_line as (
                        partition by case_id, line
                        order by case_position
                        rows between unbounded preceding and 1 preceding
                    )
                union all
                select *, null, null
                from flowing
                where line is null
            ),
        {% endif %}

        preceded as (
            select
                *,
                {%- if line %}
                    max(case when line is null then case_position end) over before_it as common_position,
                    max(case when line is null then stage end) over before_it as common_stage,
                {%- endif %}
                lag(case_position) over in_order as last_position,
                max(stage) over before_it as last_stage
            from {{ "lined" if line else "flowing" }}
            window
                in_order as (partition by case_id order by case_position),
                before_it as (
                    partition by case_id order by case_position rows between unbounded preceding and 1 preceding
                )
        )

    select
        *,
        {%- if line %}
            case
                when line is null then last_position else greatest(common_position, line_position)
            end as previous_position,
            case when line is null then last_stage else greatest(common_stage, line_stage) end as furthest_stage
        {%- else %} last_position as previous_position, last_stage as furthest_stage
        {%- endif %}
    from preceded
{%- endmacro %}

{#- One row per event of the main flow that another one precedes: what it has waited since, and how long. `is_inside`
    stays within a department, `is_leap` leaves out a stage, `is_late` comes after the return was closed. -#}
{% macro step_waits(events, cases, steps=none, line=none) -%}
    with
        flowing as ({{ main_flow(events, steps, line) }}),

        paired as (
            select
                later.case_id,
                later.case_position,
                later.activity,
                coalesce(later.department, 'Unknown') as department,
                earlier.activity as previous,
                {{ micros_between("earlier.event_at", "later.event_at") }} as elapsed_micros,
                later.business_micros - earlier.business_micros as business_micros,
                later.event_at,
                coalesce(later.department = earlier.department, false) as is_inside,
                coalesce(later.stage > later.furthest_stage + 1, false) as is_leap
            from flowing as later
            inner join
                flowing as earlier
                on earlier.case_id = later.case_id
                and earlier.case_position = later.previous_position
        )

    select
        paired.case_id,
        paired.case_position,
        paired.activity,
        paired.department,
        paired.previous,
        paired.elapsed_micros,
        paired.business_micros,
        paired.is_inside,
        paired.is_leap,
        {{ "coalesce(paired.event_at > log_cases.closed_at, false)" if steps else "false" }} as is_late
    from paired {{ "inner join " ~ cases ~ " as log_cases on log_cases.case_id = paired.case_id" if steps }}
{%- endmacro %}
