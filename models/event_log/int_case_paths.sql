{#- Milestones of each return, with the business clock beside each instant, and its path, written out once for all that
    have it. -#}
with
    events as (select * from {{ ref("events") }}),

    milestones as (
        select
            case_id,
            min(event_at) as started_at,
            max(event_at) as ended_at,
            count(*) as events,
            {{ first_of(["Return Requested", "RMA Created"], "requested") }},
            {{ first_of(["Return Approved"], "approved") }},
            {{ first_of(["Goods Received"], "received") }},
            {{ first_of(["Disposition Decided"], "decided") }},
            {{ last_of("Return Closed", "closed") }},
            max(case when activity = 'Return Closed' then case_position end) as closed_position,
            max(case when activity = 'Return Reopened' then case_position end) as reopened_position,
            {{ has_any(["Return Cancelled"]) }} as is_cancelled,
            {{ has_any(["Return Declined"]) }} as is_declined,
            {{ has_any(["Return Approved"]) }} as is_approved,
            {{ has_any(["Credit Cancelled"]) }} as has_credit_cancelled,
            min(case when activity = 'RMA Created' then event_at end) as rma_created_at,
            max(case when activity = 'Information Requested' then event_at end) as last_information_requested_at,
            {{
                has_any(
                    [
                        "Return Approved",
                        "Disposition Decided",
                        "Credit Memo Created",
                        "Credit Approved",
                        "Credit Posted",
                    ],
                    "not is_automation",
                )
            }} as has_manual_decision
        from events
        group by case_id
    ),

    keys as ({{ path_keys(ref("events"), "case_position") }}),
    written as ({{ written_paths("keys", "events", "case_position") }}),

    final as (
        select milestones.*, written.variant
        from milestones
        inner join keys on keys.case_id = milestones.case_id
        inner join written on written.one_key = keys.one_key and written.other_key = keys.other_key
    )

select *
from final
