-- Every stamp of a document of a return is one event, and there are no other events.
{% set stamped = [
    ("returns", "'RMA Created'", "created_at"),
    ("crm_cases", "'Return Requested'", "opened_at"),
    ("receipts", "'Goods Received'", "received_at"),
    (
        "stock_postings",
        "case when is_first then 'Receipt Posted' else 'Stock Status Changed' end",
        "posted_at",
    ),
    ("inspections", "'Inspection Started'", "started_at"),
    ("inspections", "'Inspection Completed'", "completed_at"),
    ("dispositions", "'Disposition Decided'", "decided_at"),
    ("dispositions", "coalesce(executed_activity, 'Disposition Executed')", "executed_at"),
    ("credit_memos", "'Credit Memo Created'", "created_at"),
    ("credit_memos", "'Credit Approved'", "approved_at"),
    ("credit_memos", "'Credit Posted'", "posted_at"),
    ("credit_memos", "'Credit Cancelled'", "cancelled_at"),
    ("replacement_orders", "'Replacement Ordered'", "created_at"),
    ("replacement_orders", "'Replacement Shipped'", "shipped_at"),
    ("supplier_claims", "'Supplier Claim Created'", "created_at"),
    ("supplier_claims", "'Supplier Claim Submitted'", "submitted_at"),
    ("supplier_claims", "'Supplier Claim Decided'", "decided_at"),
    ("supplier_claims", "'Supplier Claim Credited'", "credited_at"),
] %}
{% set coded = [
    ("crm_case_events", "case_events", "event_type"),
    ("customer_messages", "messages", "direction"),
    ("return_status_changes", "return_status_changes", "to_status"),
    ("tracking_events", "tracking_events", "event_type"),
    ("integration_messages", "messages", "status"),
] %}

with
    stamps as (
        {% for model, activity, stamp in stamped %}
            select {{ activity }} as activity, count({{ stamp }}) as stamps
            from {{ ref(model) }}
            where return_id is not null
            group by 1
            union all
        {% endfor %}
        {% for model, source_table, code in coded %}
            select activities.activity, count(*) as stamps
            from {{ ref(model) }} as documents
            inner join
                {{ ref("activities") }} as activities
                on activities.source_table = '{{ source_table }}'
                and activities.trigger = documents.{{ code }}
            where documents.return_id is not null
            group by 1 {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    expected as (select activity, sum(stamps) as stamps from stamps group by activity),
    actual as (select activity, count(*) as events from {{ ref("events") }} group by activity)

select
    coalesce(expected.activity, actual.activity) as activity,
    coalesce(expected.stamps, 0) as stamps,
    coalesce(actual.events, 0) as events
from expected
full outer join actual on actual.activity = expected.activity
where coalesce(expected.stamps, 0) <> coalesce(actual.events, 0)
