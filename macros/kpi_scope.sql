{#- KPI items of a scope: `start`, `end` and `entities` are bound; a null keeps all, and so does an item without date. -#}
{% macro kpi_items_in_scope() -%}
    select *
    from marts.kpi_items
    where
        (anchor_date is null or (anchor_date >= coalesce($start, anchor_date) and (anchor_date < $end or $end is null)))
        and ($entities is null or list_contains($entities, entity_id))
{%- endmacro %}

{#- The items of one measure in a scope; a null `part` is the whole of the KPI. -#}
{% macro kpi_items_of_measure() -%}
    {{ kpi_items_in_scope() }} and kpi = $kpi and ($part is null or kpi_part = $part)
{%- endmacro %}

{#- What an item adds to what its KPI should have less of. Of a share that should be high that is what it lacks. -#}
{% macro kpi_burden(statistic, better) -%}
    {%- if statistic == "count" -%} 1
    {%- elif statistic != "ratio" -%} value
    {%- elif better == "higher" -%} denominator - numerator
    {%- else -%} numerator
    {%- endif -%}
{%- endmacro %}
