{#- Events of work: the log without the events of technical stages, so that the events around one follow each other. -#}
{% macro events_of_work(events, cases, activities="staging.activities", stages="staging.stages") -%}
    with
        technical as (
            select activities.activity
            from {{ activities }} as activities
            inner join {{ stages }} as stages on stages.stage = activities.stage
            where stages.flow = 'technical'
            group by activities.activity
        ),

        kept as (
            select log_events.*
            from {{ events }} as log_events
            left join technical on technical.activity = log_events.activity
            where technical.activity is null
        )

    select
        case_id,
        event_id,
        activity,
        event_at,
        ts_precision,
        resource,
        department,
        is_automation,
        source_system,
        business_micros,
        cast(row_number() over in_case as bigint) as case_position,
        lead(activity) over in_case as next_activity,
        lead(event_at) over in_case as next_event_at,
        lead(business_micros) over in_case as next_business_micros,
        lead(resource) over in_case as next_resource,
        lead(department) over in_case as next_department,
        lead(source_system) over in_case as next_source_system
    from kept
    window in_case as (partition by case_id order by case_position)
{%- endmacro %}

{#- One row where the warehouse has the table event_log.$name: one that an earlier version has built may not. -#}
{% macro log_tables(events, cases) -%}
    select table_name
    from information_schema.tables
    where table_schema = 'event_log' and table_name = $name
    group by table_name
{%- endmacro %}

{#- The cases whose whole path is in the shown $steps and edges ($before, $after), and all cases. `paths` as in
    `events_of_paths`. -#}
{% macro shown_cases(events, cases, paths=none) -%}
    with
        weights as ({{ path_weights(cases) }}),
        shown as ({{ rows_of_lists(["before", "after"]) }}),

        judged as (
            select
                log_paths.case_id,
                count(
                    case
                        when
                            not {{ in_list("log_paths.activity", "steps") }}
                            or (log_paths.next_activity is not null and shown.before is null)
                        then 1
                    end
                ) as hidden
            from {{ paths or events_of_paths(events, cases) }} as log_paths
            left join shown on shown.before = log_paths.activity and shown.after = log_paths.next_activity
            group by log_paths.case_id
        )

    select
        cast(coalesce(sum(case when judged.hidden = 0 then weights.cases end), 0) as bigint) as shown_cases,
        cast(coalesce(sum(weights.cases), 0) as bigint) as cases
    from judged
    inner join weights on weights.case_id = judged.case_id
{%- endmacro %}
