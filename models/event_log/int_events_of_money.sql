{{ config(materialized="view") }}
{#- What is credited, replaced and claimed from suppliers. -#}
{% set memo = {"line_no": "line_no", "amount": "amount", "currency": "currency"} %}
{% set claim = {"line_no": "line_no", "amount": "claimed_amount", "currency": "currency"} %}
{% set recovered = {"line_no": "line_no", "amount": "recovered_amount", "currency": "currency"} %}
{{ event_rows(ref("credit_memos"), "erp.credit_memos", "created_at", resource="created_by", columns=memo) }}
union all
{{ event_rows(ref("credit_memos"), "erp.credit_memos", "approved_at", resource="approved_by", columns=memo) }}
union all
{{ event_rows(ref("credit_memos"), "erp.credit_memos", "posted_at", resource="posted_by", columns=memo) }}
union all
{{ event_rows(ref("credit_memos"), "erp.credit_memos", "cancelled_at", resource="cancelled_by", columns=memo) }}
union all
{{ event_rows(ref("replacement_orders"), "erp.replacement_orders", "created_at", resource="created_by") }}
union all
{{ event_rows(ref("replacement_orders"), "erp.replacement_orders", "shipped_at") }}
union all
{{ event_rows(ref("supplier_claims"), "erp.supplier_claims", "created_at", resource="created_by", columns=claim) }}
union all
{{ event_rows(ref("supplier_claims"), "erp.supplier_claims", "submitted_at", resource="submitted_by", columns=claim) }}
union all
{{ event_rows(ref("supplier_claims"), "erp.supplier_claims", "decided_at", columns=claim) }}
union all
{{ event_rows(ref("supplier_claims"), "erp.supplier_claims", "credited_at", columns=recovered) }}
