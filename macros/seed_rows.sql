{#- The rows of a seed as literals: what dbt-spark would bind has no nulls and trips over an apostrophe. -#}
{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model["config"]["column_types"] -%}
    {%- set sql -%}
        insert into {{ this.render() }}
        values
            {% for row in agate_table.rows %}
                (
                    {%- for name in agate_table.column_names -%}
                        cast({{ text_literal(row[name]) }} as {{ types[name] }}){{ ", " if not loop.last }}
                    {%- endfor -%}
                ){{ ", " if not loop.last }}
            {% endfor %}
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%} {{ return(sql) }}
{% endmacro %}

{#- A text as Spark writes it, with a backslash before what would end it. -#}
{% macro text_literal(value) -%}
    {%- set slash, mark = "\x5c", "\x27" -%}
    {%- if value is none -%} null
    {%- else -%} {{ mark ~ value | string | replace(slash, slash ~ slash) | replace(mark, slash ~ mark) ~ mark }}
    {%- endif -%}
{%- endmacro %}
