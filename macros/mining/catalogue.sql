{#- Every step that returns can take, with its stage, rank and system; executed dispositions are steps of their stage. -#}
{% macro step_catalogue(events, cases) -%}
    with
        executed as (select * from staging.activities where activity = 'Disposition Executed'),

        named as (
            select activity, stage, activity_rank, source_system
            from staging.activities
            union all
            select dispositions.executed_activity, executed.stage, executed.activity_rank, executed.source_system
            from staging.stg_reference__dispositions as dispositions
            cross join executed
            where dispositions.executed_activity is not null
        )

    select activity, min(stage) as stage, min(activity_rank) as activity_rank, min(source_system) as source_system
    from named
    group by activity
    order by min(activity_rank), activity
{%- endmacro %}

{#- The activities of a log by their mean place in a case, the first event of a case at 0 and the last at 1. -#}
{% macro steps_by_place(events, cases) -%}
    select log_events.activity
    from {{ events }} as log_events
    inner join {{ cases }} as log_cases on log_cases.case_id = log_events.case_id
    group by log_events.activity
    order by
        avg((log_events.case_position - 1) / cast(greatest(log_cases.events - 1, 1) as double)), log_events.activity
{%- endmacro %}

{#- The lengths of a business day, in seconds, that the calendars of the cases know. -#}
{% macro standard_days(events, cases) -%}
    select standard_day_seconds
    from {{ cases }}
    where standard_day_seconds is not null
    group by standard_day_seconds
    order by standard_day_seconds
{%- endmacro %}
