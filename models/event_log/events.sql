{{ config(materialized="view") }}
{#- The event log. Ids take most of what an event takes to keep and few questions ask for them: they are put together
    when they are read. -#}
select
    source_system || '.' || source_table || ':' || source_key || ':' || activity as event_id,
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
from {{ ref("int_events_ordered") }}
