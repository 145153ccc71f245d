{#- KPI items from a relation that has item_id, case_id, entity_id, anchor_at, anchor_date and the slice keys. A row
    with a left_out reason counts nowhere but in what the KPI says it leaves out. -#}
{% macro kpi_items(
    relation,
    kpi,
    item_type,
    part="cast(null as string)",
    value="null",
    numerator="null",
    denominator="null",
    left_out="cast(null as string)",
    where="true"
) -%}
    select
        '{{ kpi }}' as kpi,
        {{ part }} as kpi_part,
        '{{ item_type }}' as item_type,
        item_id,
        case_id,
        entity_id,
        anchor_at,
        anchor_date,
        cast({{ value }} as decimal(38, 15)) as value,
        cast({{ numerator }} as decimal(38, 15)) as numerator,
        cast({{ denominator }} as decimal(38, 15)) as denominator,
        {{ left_out }} as left_out_reason,
        site,
        channel,
        reason,
        category,
        supplier
    from {{ relation }}
    where {{ where }}
{%- endmacro %}

{#- 1 or 0 of a condition, for the numerator of a share. -#}
{% macro one_if(condition) -%} case when {{ condition }} then 1 else 0 end {%- endmacro %}
