{#- Activities of dispositions come from the reference table: no return depends on what others are decided to be. -#}
with
    activities as (select * from {{ ref("activities") }}),
    stages as (select * from {{ ref("stages") }} where flow = 'main'),
    dispositions as (select * from {{ ref("stg_reference__dispositions") }}),
    executed as (select executed_activity as activity from dispositions group by executed_activity),

    named as (
        select activity, stage
        from activities
        union all
        select executed.activity, activities.stage
        from executed
        inner join activities on activities.activity = 'Disposition Executed'
    ),

    steps as (
        select named.activity, min(stages.position) as position
        from named
        inner join stages on stages.stage = named.stage
        group by named.activity
    ),

    final as ({{ step_waits(ref("events"), ref("cases"), "steps", "line_no") }})

select *
from final
