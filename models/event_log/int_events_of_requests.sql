{{ config(materialized="view") }}
{#- What customer service, approval, carriers and integration do. -#}
{% set case = {"crm_case_id": "crm_case_id"} %}
{{ event_rows(ref("crm_cases"), "crm.cases", "opened_at", columns=case) }}
union all
{{ event_rows(ref("crm_case_events"), "crm.case_events", "occurred_at", "event_type", "user_id", columns=case) }}
union all
{{ event_rows(ref("customer_messages"), "crm.messages", "sent_at", "direction", columns=case) }}
union all
{{ event_rows(ref("returns"), "erp.returns", "created_at", resource="created_by") }}
union all
{{ event_rows(ref("return_status_changes"), "erp.return_status_changes", "changed_at", "to_status", "changed_by") }}
union all
{{ event_rows(ref("tracking_events"), "tms.tracking_events", "occurred_at", "event_type") }}
union all
{{ event_rows(ref("integration_messages"), "middleware.messages", "occurred_at", "status") }}
