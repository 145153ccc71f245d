{#- Events of work: the log without the events of technical stages, so that the events around one follow each other. -#}
{% macro events_of_work(events, cases) -%}
    with
        technical as (
            select activities.activity
            from staging.activities as activities
            inner join staging.stages as stages on stages.stage = activities.stage
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
        row_number() over in_case as case_position,
        lead(activity) over in_case as next_activity,
        lead(event_at) over in_case as next_event_at,
        lead(business_micros) over in_case as next_business_micros,
        lead(resource) over in_case as next_resource,
        lead(department) over in_case as next_department,
        lead(source_system) over in_case as next_source_system
    from kept
    window in_case as (partition by case_id order by case_position)
{%- endmacro %}

{#- What a map shows of a log in one row: the cases whose whole path is in the shown $steps and edges ($before, $after)
    out of all, and the changes of department or system on shown edges out of all. -#}
{% macro shown_share(events, cases) -%}
    with
        shown as ({{ rows_of_lists(["before", "after"]) }}),

        judged as (
            select
                log_events.case_id,
                log_events.next_activity is null or shown.before is not null as is_edge_shown,
                {{ in_list("log_events.activity", "steps") }} as is_step_shown,
                coalesce(log_events.department <> log_events.next_department, false)
                or coalesce(log_events.source_system <> log_events.next_source_system, false) as is_handoff
            from {{ events }} as log_events
            left join shown on shown.before = log_events.activity and shown.after = log_events.next_activity
        ),

        of_cases as (
            select
                case_id,
                count(case when not is_edge_shown or not is_step_shown then 1 end) as hidden,
                count(case when is_handoff then 1 end) as handoffs,
                count(case when is_handoff and is_edge_shown then 1 end) as shown_handoffs
            from judged
            group by case_id
        )

    select
        count(case when hidden = 0 then 1 end) as shown_cases,
        count(*) as cases,
        cast(coalesce(sum(shown_handoffs), 0) as bigint) as shown_handoffs,
        cast(coalesce(sum(handoffs), 0) as bigint) as handoffs
    from of_cases
{%- endmacro %}
