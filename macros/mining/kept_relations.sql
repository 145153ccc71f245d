{#- A relation that lasts as long as the connection; made once, however often it is asked for. -#}
{% macro keep_relation(name, query) %} {{ return(adapter.dispatch("keep_relation")(name, query)) }}{% endmacro %}

{% macro duckdb__keep_relation(name, query) -%} create temp table if not exists {{ name }} as {{ query }}
{%- endmacro %}

{#- A relation that lasts as long as the connection, or until the next one of its name. -#}
{% macro replace_relation(name, query) %} {{ return(adapter.dispatch("replace_relation")(name, query)) }}{% endmacro %}

{% macro duckdb__replace_relation(name, query) -%} create or replace temp table {{ name }} as {{ query }}
{%- endmacro %}

{#- A column name as the engine quotes it, whatever a file called it. -#}
{% macro quoted_name(name) %} {{ return(adapter.dispatch("quoted_name")(name)) }}{% endmacro %}

{% macro duckdb__quoted_name(name) -%}
    {%- set mark = "\x22" -%} {{ mark ~ name | replace(mark, mark ~ mark) ~ mark }}
{%- endmacro %}
