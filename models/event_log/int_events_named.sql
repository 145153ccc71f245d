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

    activities as (select * from {{ ref("activities") }}),
    users as (select * from {{ ref("stg_erp__users") }}),
    returns as (select * from {{ ref("returns") }}),
    business_days as (select * from {{ ref("business_days") }}),

    named as (
        select
            stamps.*,
            coalesce(stamps.own_activity, activities.activity) as activity,
            activities.activity_rank,
            activities.department as default_department,
            activities.is_automation as default_is_automation,
            returns.entity_id,
            {{ local_date("stamps.event_at", "returns.time_zone") }} as local_date
        from stamps
        inner join
            activities
            on activities.source_system = stamps.source_system
            and activities.source_table = stamps.source_table
            and activities.trigger = stamps.trigger_code
        inner join returns on returns.return_id = stamps.case_id
    ),

    final as (
        select
            named.source_system
            || '.'
            || named.source_table
            || ':'
            || named.source_key
            || ':'
            || named.activity as event_id,
            named.case_id,
            named.activity,
            named.event_at,
            named.ts_precision,
            named.activity_rank,
            named.resource,
            case
                when named.resource is null
                then coalesce(named.default_department, 'Unknown')
                else coalesce(users.department, 'Unknown')
            end as department,
            case
                when named.resource is null then named.default_is_automation else coalesce(users.is_automation, false)
            end as is_automation,
            named.entity_id,
            named.source_system,
            named.source_table,
            named.source_key,
            named.line_no,
            named.receipt_id,
            named.crm_case_id,
            named.amount,
            named.currency,
            named.local_date,
            {{ business_micros("named.event_at", "business_days") }} as business_micros
        from named
        left join users on users.user_id = named.resource
        left join
            business_days on business_days.entity_id = named.entity_id and business_days.local_date = named.local_date
    )

select *
from final
