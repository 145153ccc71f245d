{#- Every row of the extracts that counts, of all tables: what it is about, when it happened, and a digest of its
    content. `tables` lists per table the columns of its content, with the relations of its raw and its staged rows;
    the digest is keyed with $key, so that nobody can try out what a row may have said of a person.
    What a row is about is its return, or itself where it has none; an entity or calendar for a reference table, * for
    all. -#}
{% macro baseline_rows(tables) -%}
    {% for table in tables %}
        select
            '{{ table.system }}' as source_system,
            '{{ table.name }}' as source_table,
            {{ baseline_key(table.label) }} as source_key,
            {{ baseline_about(table.label) }} as about,
            {{ baseline_happened(table.label) }} as happened_at,
            {{ "latest.deleted_at is not null" if table.label == "erp.returns" else "false" }} as is_deleted,
            md5_number_lower($key || {{ baseline_text(table.content) }}) as digest
        from {{ table.staged }} as latest
        inner join
            {{ table.raw }} as versions
            on versions._file = latest.source_file
            and versions._row_number = latest.source_row
            {{ baseline_link(table.label) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
{%- endmacro %}

{#- What names a row: its key, of a person a digest of it. -#}
{% macro baseline_key(label) -%}
    {{- "md5($key || latest.source_key)" if label in ("erp.users", "erp.customers") else "latest.source_key" -}}
{%- endmacro %}

{% macro baseline_about(label) -%}
    {%- set by_receipt = "coalesce(links.return_id, latest.receipt_id)" -%}
    {%- set by_case = "coalesce(links.return_id, latest.case_id)" -%}
    {%- set by_key = "coalesce(links.return_id, latest.source_key)" -%}
    {%- set of_their_own = {
        "erp.returns": "latest.return_id",
        "erp.return_lines": "latest.return_id",
        "erp.return_status_changes": "latest.return_id",
        "erp.dispositions": "latest.return_id",
        "erp.supplier_claims": "latest.return_id",
        "erp.credit_memos": "coalesce(links.return_id, latest.credit_memo_id)",
        "erp.replacement_orders": "coalesce(links.return_id, latest.replacement_id)",
        "erp.stock_postings": by_receipt,
        "wms.receipts": by_receipt,
        "wms.inspections": by_receipt,
        "wms.stock_moves": by_receipt,
        "crm.cases": by_case,
        "crm.case_events": by_case,
        "crm.messages": by_case,
        "erp.sales_order_lines": by_key,
        "tms.tracking_events": by_key,
        "middleware.messages": by_key,
        "wms.sites": "coalesce(latest.entity_id, '*')",
        "reference.entities": "latest.entity_id",
        "reference.code_map": "latest.entity_id",
        "reference.policies": "latest.entity_id",
        "reference.sla_targets": "latest.entity_id",
        "reference.kpi_targets": "latest.entity_id",
        "reference.calendars": "latest.calendar_id",
        "reference.holidays": "latest.calendar_id",
    } -%}
    {{- of_their_own.get(label, "'*'") -}}
{%- endmacro %}

{% macro baseline_happened(label) -%}
    {%- set stamps = {
        "erp.returns": "latest.created_at",
        "erp.return_lines": "links.created_at",
        "erp.return_status_changes": "latest.changed_at",
        "erp.dispositions": "latest.decided_at",
        "erp.supplier_claims": "latest.created_at",
        "erp.credit_memos": "latest.created_at",
        "erp.replacement_orders": "latest.created_at",
        "erp.sales_order_lines": "latest.ordered_at",
        "erp.stock_postings": "latest.posted_at",
        "wms.receipts": "latest.received_at",
        "wms.inspections": "coalesce(latest.started_at, latest.completed_at)",
        "wms.stock_moves": "latest.moved_at",
        "crm.cases": "latest.opened_at",
        "crm.case_events": "latest.occurred_at",
        "crm.messages": "latest.sent_at",
        "tms.tracking_events": "latest.occurred_at",
        "middleware.messages": "latest.occurred_at",
    } -%}
    {{- stamps.get(label, "cast(null as timestamp)") -}}
{%- endmacro %}

{#- The relation that says to which return a row of a table belongs. -#}
{% macro baseline_link(label) -%}
    {%- set receipts = "returns.receipts as links on links.receipt_id = latest.receipt_id" -%}
    {%- set cases = "returns.crm_cases as links on links.crm_case_id = latest.case_id" -%}
    {%- set links = {
        "erp.return_lines": "staging.stg_erp__returns as links on links.return_id = latest.return_id",
        "erp.credit_memos": "returns.credit_memos as links on links.credit_memo_id = latest.credit_memo_id",
        "erp.replacement_orders": "returns.replacement_orders as links on links.replacement_id = latest.replacement_id",
        "erp.sales_order_lines": "(select order_id, min(return_id) as return_id from returns.returns group by order_id) as links"
        " on links.order_id = latest.order_id",
        "erp.stock_postings": receipts,
        "wms.receipts": receipts,
        "wms.inspections": receipts,
        "wms.stock_moves": receipts,
        "crm.cases": cases,
        "crm.case_events": cases,
        "crm.messages": cases,
        "tms.tracking_events": "returns.tracking_events as links on links.source_key = latest.source_key",
        "middleware.messages": "returns.integration_messages as links on links.source_key = latest.source_key",
    } -%}
    {%- if label in links %} left join {{ links[label] }}{% endif -%}
{%- endmacro %}
