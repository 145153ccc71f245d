{{ config(materialized="view") }}
with
    stamps as (
        select *
        from {{ ref("int_events_of_requests") }}
        union all
        select *
        from {{ ref("int_events_of_goods") }}
        union all
        select *
        from {{ ref("int_events_of_money") }}
    ),

    users as (select * from {{ ref("stg_erp__users") }}),
    returns as (select * from {{ ref("returns") }}),
    business_days as (select * from {{ ref("business_days") }}),

    dated as (
        select stamps.*, returns.entity_id, {{ local_date("stamps.event_at", "returns.time_zone") }} as local_date
        from stamps
        inner join returns on returns.return_id = stamps.case_id
    ),

    final as (
        select
            dated.case_id,
            dated.activity,
            dated.event_at,
            dated.ts_precision,
            dated.activity_rank,
            dated.resource,
            case
                when dated.resource is null
                then coalesce(dated.default_department, 'Unknown')
                else coalesce(users.department, 'Unknown')
            end as department,
            case
                when dated.resource is null then dated.default_is_automation else coalesce(users.is_automation, false)
            end as is_automation,
            dated.entity_id,
            dated.source_system,
            dated.source_table,
            dated.source_key,
            dated.line_no,
            dated.receipt_id,
            dated.crm_case_id,
            dated.amount,
            dated.currency,
            dated.local_date,
            {{ business_micros("dated.event_at", "business_days") }} as business_micros
        from dated
        left join users on users.user_id = dated.resource
        left join
            business_days on business_days.entity_id = dated.entity_id and business_days.local_date = dated.local_date
    )

select *
from final
