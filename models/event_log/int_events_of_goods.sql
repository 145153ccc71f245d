{{ config(materialized="view") }}
{#- What happens to the goods: receipt, inspection, disposition. -#}
{% set goods = {"line_no": "line_no", "receipt_id": "receipt_id"} %}
{% set executed = {
    "line_no": "line_no",
    "activity": "executed_activity",
    "amount": "recovered_value",
    "currency": "currency",
} %}
{{ event_rows(ref("receipts"), "wms.receipts", "received_at", resource="received_by", columns=goods) }}
union all
{{
    event_rows(
        ref("stock_postings"),
        "erp.stock_postings",
        "posted_at",
        "case when is_first then 'first' else 'later' end",
        "posted_by",
        columns=goods,
    )
}}
union all
{{ event_rows(ref("inspections"), "wms.inspections", "started_at", resource="inspected_by", columns=goods) }}
union all
{{ event_rows(ref("inspections"), "wms.inspections", "completed_at", resource="inspected_by", columns=goods) }}
union all
{{
    event_rows(
        ref("dispositions"), "erp.dispositions", "decided_at", resource="decided_by", columns={"line_no": "line_no"}
    )
}}
union all
{{ event_rows(ref("dispositions"), "erp.dispositions", "executed_at", resource="executed_by", columns=executed) }}
