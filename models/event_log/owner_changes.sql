with
    events as (select * from {{ ref("events") }}),

    departments as ({{ owner_changes("events", "department") }}),

    systems as ({{ owner_changes("events", "source_system") }}),

    final as (
        select 'department' as level, *
        from departments
        union all
        select 'system', *
        from systems
    )

select *
from final
