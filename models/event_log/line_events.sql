{{ config(materialized="view") }}
{#- The event log flattened on the return line: what happened to each line, the events of its whole return included. -#}
with
    events as (select * from {{ ref("events") }}),
    return_lines as (select * from {{ ref("return_lines") }}),

    final as (
        select
            return_lines.return_id || '-' || return_lines.line_no as case_id,
            return_lines.return_id,
            return_lines.line_no,
            events.event_id,
            events.activity,
            events.event_at,
            events.ts_precision,
            events.activity_rank,
            events.resource,
            events.department,
            events.is_automation,
            events.entity_id,
            events.receipt_id,
            events.case_position
        from events
        inner join return_lines on return_lines.return_id = events.case_id
        where events.line_no is null or events.line_no = return_lines.line_no
    )

select *
from final
