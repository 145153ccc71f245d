{#- Joins the code map for one domain: the entity's own row as own_code, the row for all entities as shared_code. -#}
{% macro join_code_map(domain, entity_id, source_code) -%}
    left join
        code_map as own_code
        on own_code.entity_id = {{ entity_id }}
        and own_code.domain = '{{ domain }}'
        and own_code.source_code = {{ source_code }}
    left join
        code_map as shared_code
        on shared_code.entity_id = '*'
        and shared_code.domain = '{{ domain }}'
        and shared_code.source_code = {{ source_code }}
{%- endmacro %}

{#- The standard code of a source code after join_code_map: `missing` for none, `unmapped` for one without a row. -#}
{% macro standard_code(source_code) -%}
    case
        when {{ source_code }} is null
        then 'missing'
        else coalesce(own_code.standard_code, shared_code.standard_code, 'unmapped')
    end
{%- endmacro %}
