{#- The events that one stamp of a canonical table gives, one row each, before activity, department and order.
    `trigger` is an SQL expression that meets the activities seed; columns that the table has not are null. -#}
{% macro event_rows(relation, table, stamp, trigger=none, resource=none, return_id="return_id", columns={}) -%}
    {%- set system, name = table.split(".") -%}
    select
        {{ return_id }} as case_id,
        '{{ system }}' as source_system,
        '{{ name }}' as source_table,
        {{ trigger or "'" ~ stamp ~ "'" }} as trigger_code,
        source_key,
        {{ stamp }} as event_at,
        {{ stamp[:-3] }}_precision as ts_precision,
        {{ resource or "cast(null as string)" }} as resource,
        {{ columns.get("activity", "cast(null as string)") }} as own_activity,
        {{ columns.get("line_no", "cast(null as string)") }} as line_no,
        {{ columns.get("receipt_id", "cast(null as string)") }} as receipt_id,
        {{ columns.get("crm_case_id", "cast(null as string)") }} as crm_case_id,
        {{ columns.get("amount", "cast(null as decimal(24, 9))") }} as amount,
        {{ columns.get("currency", "cast(null as string)") }} as currency
    from {{ relation }}
    where {{ stamp }} is not null and {{ return_id }} is not null
{%- endmacro %}
