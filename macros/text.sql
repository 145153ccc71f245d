{#- An RMA number as documents are matched by it: upper case, letters and digits only; null when nothing is left. -#}
{% macro normalised_number(column) %} {{ return(adapter.dispatch("normalised_number")(column)) }}{% endmacro %}

{% macro duckdb__normalised_number(column) -%}
    nullif(regexp_replace(upper(replace({{ column }}, 'ß', 'ss')), '[^\p{L}\p{N}]', '', 'g'), '')
{%- endmacro %}

{% macro spark__normalised_number(column) -%}
    nullif(regexp_replace(upper(replace({{ column }}, 'ß', 'ss')), r'[^\p{L}\p{N}]', ''), '')
{%- endmacro %}

{#- Line numbers are text; they sort as numbers where they are numbers, then as text. -#}
{% macro line_order(column) %} {{ return(adapter.dispatch("line_order")(column)) }}{% endmacro %}

{% macro duckdb__line_order(column) -%}
    case
        when regexp_full_match({{ column }}, '[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?')
        then try_cast({{ column }} as double)
    end nulls last,
    {{ column }}
{%- endmacro %}

{% macro spark__line_order(column) -%}
    case
        when {{ column }} rlike r'\A[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z' then try_cast({{ column }} as double)
    end nulls last,
    {{ column }}
{%- endmacro %}

{#- A JSON object of the given names and expressions, as text. -#}
{% macro json_of(pairs) %} {{ return(adapter.dispatch("json_of")(pairs)) }}{% endmacro %}

{% macro duckdb__json_of(pairs) -%}
    cast(
        json_object(
            {% for name, value in pairs.items() %}'{{ name }}', {{ value }}{{ ", " if not loop.last }}{% endfor %}
        ) as varchar
    )
{%- endmacro %}

{#- Spark writes instants into JSON in a form of its own; here they have the form of their cast to text. -#}
{% macro spark__json_of(pairs) -%}
    to_json(
        named_struct(
            {% for name, value in pairs.items() -%}
                '{{ name }}',
                {{ "cast(" ~ value ~ " as string)" if name.endswith("_at") else value }}{{ ", " if not loop.last }}
            {%- endfor %}
        ),
        map('ignoreNullFields', 'false')
    )
{%- endmacro %}

{#- Values of a group joined with ` > ` in the given order. -#}
{% macro ordered_path(column, order) %} {{ return(adapter.dispatch("ordered_path")(column, order)) }}{% endmacro %}

{% macro duckdb__ordered_path(column, order) -%} string_agg({{ column }}, ' > ' order by {{ order }}) {%- endmacro %}

{% macro spark__ordered_path(column, order) -%}
    array_join(transform(array_sort(collect_list(struct({{ order }}, {{ column }} as item))), row_ -> row_.item), ' > ')
{%- endmacro %}
