{#- The events that one stamp of a canonical table gives, one row each, before department and order. `trigger` is an SQL
    expression that meets the activities seed, whose few rows of the table are joined here, where table and stamp are
    constants; columns that the table has not are null. -#}
{% macro event_rows(relation, table, stamp, trigger=none, resource=none, return_id="return_id", columns={}) -%}
    {%- set system, name = table.split(".") -%}
    select
        stamps.case_id,
        coalesce(stamps.own_activity, activities.activity) as activity,
        activities.activity_rank,
        activities.department as default_department,
        activities.is_automation as default_is_automation,
        '{{ system }}' as source_system,
        '{{ name }}' as source_table,
        stamps.source_key,
        stamps.event_at,
        stamps.ts_precision,
        stamps.resource,
        stamps.line_no,
        stamps.receipt_id,
        stamps.crm_case_id,
        stamps.amount,
        stamps.currency
    from
        (
            select
                {{ return_id }} as case_id,
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
        ) as stamps
    inner join
        {{ ref("activities") }} as activities
        on activities.source_system = '{{ system }}'
        and activities.source_table = '{{ name }}'
        and activities.trigger = stamps.trigger_code
{%- endmacro %}
