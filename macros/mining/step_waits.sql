{#- Events of the main flow with their stage. `steps` names the main flow's activities with the positions of their stages,
    `line` the events' column of the line; without them every event counts and concerns the whole case. -#}
{% macro main_flow(events, steps=none, line=none) -%}
    select
        events.case_id,
        events.case_position,
        events.activity,
        events.department,
        events.event_at,
        events.business_micros,
        {{ "events." ~ line if line else "cast(null as string)" }} as line,
        {{ "steps.position" if steps else "cast(null as integer)" }} as stage
    from {{ events }} as events {{ "inner join " ~ steps ~ " as steps on steps.activity = events.activity" if steps }}
{%- endmacro %}

{#- The events that may come before one in a window by case_id, or by case_id and another column. -#}
{% macro before_it(partition) -%}
    (partition by {{ partition }} order by case_position rows between unbounded preceding and 1 preceding)
{%- endmacro %}

{#- Events of cases in which each concerns all that came before, and what each has waited since: the event before it. -#}
{% macro waits_in_case(flow) -%}
    select
        case_id,
        case_position,
        activity,
        department,
        event_at,
        business_micros,
        stage,
        lag(activity) over in_case as previous,
        lag(department) over in_case as previous_department,
        lag(event_at) over in_case as previous_at,
        lag(business_micros) over in_case as previous_micros,
        max(stage) over earlier as furthest_stage
    from {{ flow }}
    window in_case as (partition by case_id order by case_position), earlier as {{ before_it("case_id") }}
{%- endmacro %}

{#- The same for cases of several lines: an event of a line has waited since the latest one before it that concerns the
    same line or the whole case, an event of the whole case since the one before it. -#}
{% macro waits_in_lines(flow) -%}
    with
        lined as (
            select *, lag(case_position) over line_order as line_position, max(stage) over earlier_in_line as line_stage
            from {{ flow }}
            where line is not null
            window
                line_order as (partition by case_id, line order by case_position),
                earlier_in_line as {{ before_it("case_id, line") }}
            union all
            select *, null, null
            from {{ flow }}
            where line is null
        ),

        preceded as (
            select
                *,
                max(case when line is null then case_position end) over earlier as common_position,
                max(case when line is null then stage end) over earlier as common_stage,
                lag(case_position) over in_case as last_position,
                max(stage) over earlier as last_stage
            from lined
            window in_case as (partition by case_id order by case_position), earlier as {{ before_it("case_id") }}
        ),

        placed as (
            select
                *,
                case
                    when line is null then last_position else greatest(common_position, line_position)
                end as previous_position,
                case when line is null then last_stage else greatest(common_stage, line_stage) end as furthest_stage
            from preceded
        )

    select
        placed.case_id,
        placed.case_position,
        placed.activity,
        placed.department,
        placed.event_at,
        placed.business_micros,
        placed.stage,
        earlier.activity as previous,
        earlier.department as previous_department,
        earlier.event_at as previous_at,
        earlier.business_micros as previous_micros,
        placed.furthest_stage
    from placed
    inner join
        {{ flow }} as earlier on earlier.case_id = placed.case_id and earlier.case_position = placed.previous_position
{%- endmacro %}

{#- One row per event of the main flow that another one precedes: what it has waited since, and how long. `is_inside`
    stays within a department, `is_leap` leaves out a stage, `is_late` comes after the return was closed. Lines are told
    apart only in cases that have several. -#}
{% macro step_waits(events, cases, steps=none, line=none) -%}
    with
        flow as ({{ main_flow(events, steps, line) }}),

        {% if line %}
            several as (select case_id from flow where line is not null group by case_id having min(line) <> max(line)),

            flow_of_cases as (
                select flow.*
                from flow
                left join several on several.case_id = flow.case_id
                where several.case_id is null
            ),

            flow_of_lines as (select flow.* from flow inner join several on several.case_id = flow.case_id),
        {% endif %}

        waited as (
            {{ waits_in_case("flow_of_cases" if line else "flow") }}
            {% if line %}
                union all
                {{ "select * from (" ~ waits_in_lines("flow_of_lines") ~ ") as of_lines" }}
            {% endif %}
        )

    select
        waited.case_id,
        waited.case_position,
        waited.activity,
        coalesce(waited.department, 'Unknown') as department,
        waited.previous,
        {{ micros_between("waited.previous_at", "waited.event_at") }} as elapsed_micros,
        waited.business_micros - waited.previous_micros as business_micros,
        coalesce(waited.department = waited.previous_department, false) as is_inside,
        coalesce(waited.stage > waited.furthest_stage + 1, false) as is_leap,
        {{ "coalesce(waited.event_at > log_cases.closed_at, false)" if steps else "false" }} as is_late
    from waited {{ "inner join " ~ cases ~ " as log_cases on log_cases.case_id = waited.case_id" if steps }}
    where waited.previous is not null
{%- endmacro %}
