-- The changes of owner are those that the events have, each with its wait, and as many first ones as returns have
-- pairs.
with
    changes as (
        select
            'department' as level, case_id, department as from_name, next_department as to_name, event_at, next_event_at
        from {{ ref("events") }}
        where department <> next_department
        union all
        select 'system', case_id, source_system, next_source_system, event_at, next_event_at
        from {{ ref("events") }}
        where source_system <> next_source_system
    ),

    expected as (
        select
            level,
            from_name,
            to_name,
            count(*) as changes,
            count(distinct case_id) as cases,
            sum({{ micros_between("event_at", "next_event_at") }}) as micros
        from changes
        group by level, from_name, to_name
    ),

    found as (
        select
            level,
            from_name,
            to_name,
            count(*) as changes,
            count(case when is_first then 1 end) as cases,
            sum(micros) as micros
        from {{ ref("owner_changes") }}
        group by level, from_name, to_name
    )

select coalesce(expected.level, found.level) as level, expected.from_name, expected.to_name, found.changes
from expected
full join
    found on found.level = expected.level and found.from_name = expected.from_name and found.to_name = expected.to_name
where
    found.changes is distinct from expected.changes
    or found.cases is distinct from expected.cases
    or found.micros is distinct from expected.micros
