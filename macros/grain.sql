{#- Columns that make a row of a model unique: `meta.key` of its description. -#}
{% macro key_of(model) %}
    {%- if execute -%}
        {{ return(graph.nodes["model." ~ project_name ~ "." ~ model].config.meta.key | join(", ")) }}
    {%- endif -%}
    {{ return("null") }}
{% endmacro %}

{#- Number of distinct keys in a relation. -#}
{% macro count_keys(relation, key) -%}
    (select count(*) from (select {{ key }} from {{ relation }} group by {{ key }}) as keys)
{%- endmacro %}

{#- One row for each model that has more rows than keys. -#}
{% macro models_with_repeated_keys(models) -%}
    with
        counted as (
            {% for model in models %}
                select
                    '{{ model }}' as model_name,
                    '{{ key_of(model) }}' as key_columns,
                    (select count(*) from {{ ref(model) }}) as model_rows,
                    {{ count_keys(ref(model), key_of(model)) }} as model_keys
                    {{ "union all" if not loop.last }}
            {% endfor %}
        )

    select *
    from counted
    where model_rows <> model_keys
{%- endmacro %}
