{#- The id of an event ends the order of its case. Events of one rank are of one table, and the end of the id tells them
    apart. -#}
with
    named as (select * from {{ ref("int_events_named") }}),

    ordered as (
        select
            *,
            cast(row_number() over case_order as bigint) as case_position,
            lead(activity) over case_order as next_activity,
            lead(event_at) over case_order as next_event_at,
            lead(business_micros) over case_order as next_business_micros,
            lead(resource) over case_order as next_resource,
            lead(department) over case_order as next_department,
            lead(source_system) over case_order as next_source_system
        from named
        window
            case_order as (
                partition by case_id order by event_at, ts_precision desc, activity_rank, source_key || ':' || activity
            )
    ),

    final as (
        select
            case_id,
            activity,
            event_at,
            ts_precision,
            activity_rank,
            resource,
            department,
            is_automation,
            entity_id,
            source_system,
            source_table,
            source_key,
            line_no,
            receipt_id,
            amount,
            currency,
            local_date,
            business_micros,
            case_position,
            next_activity,
            next_event_at,
            next_business_micros,
            next_resource,
            next_department,
            next_source_system,
            crm_case_id
        from ordered
    )

select *
from final
