{#- Human touches, hand-overs between departments, and inspections done again. -#}
with
    events as (select * from {{ ref("events") }}),

    human as (
        select
            case_id,
            department,
            lag(department) over (partition by case_id order by case_position) as previous_department
        from events
        where resource is not null and not is_automation
    ),

    touched as (
        select case_id, count(*) as touches, count(case when department <> previous_department then 1 end) as handoffs
        from human
        group by case_id
    ),

    inspected as (
        select case_id, max(inspections) as inspections
        from
            (
                select case_id, receipt_id, count(*) as inspections
                from events
                where activity = 'Inspection Completed'
                group by case_id, receipt_id
            ) as of_receipts
        group by case_id
    ),

    all_cases as (select case_id from events group by case_id),

    final as (
        select
            all_cases.case_id,
            coalesce(touched.touches, 0) as touches,
            coalesce(touched.handoffs, 0) as handoffs,
            coalesce(inspected.inspections, 0) >= 2 as has_repeated_inspection
        from all_cases
        left join touched on touched.case_id = all_cases.case_id
        left join inspected on inspected.case_id = all_cases.case_id
    )

select *
from final
