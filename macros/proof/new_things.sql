{#- What a return of a comparison has done or suffered, one row per return and thing: the way it took (every step of the
    main flow where it first comes), types of exceptions, and handoffs from one department to another. All within the
    follow-up that both sides have. -#}
{% macro proof_new_marks(work, compared) -%}
    with
        main_steps as (
            select activities.activity
            from staging.activities as activities
            inner join staging.stages as stages on stages.stage = activities.stage
            where stages.flow = 'main'
            group by activities.activity
        ),

        firsts as (
            select work.case_id, work.activity, min(work.case_position) as place
            from {{ work }} as work
            inner join main_steps on main_steps.activity = work.activity
            group by work.case_id, work.activity
        ),

        ways as (select case_id, {{ ordered_path("activity", "place") }} as name from firsts group by case_id)

    select case_id, 'variant' as kind, name, '' as next_name
    from ways
    union all
    select exceptions.case_id, 'exception', exceptions.exception_type, ''
    from marts.exceptions as exceptions
    inner join {{ compared }} as compared on compared.case_id = exceptions.case_id
    where {{ micros_between("compared.requested_at", "exceptions.detected_at") }} < $horizon_days * 86400e6
    group by exceptions.case_id, exceptions.exception_type
    union all
    select case_id, 'handoff', department, next_department
    from {{ work }}
    where department <> next_department
    group by case_id, department, next_department
{%- endmacro %}
