{#- A relation that lasts as long as the connection; made once, however often it is asked for. -#}
{% macro keep_relation(name, query) -%} create temp table if not exists {{ name }} as {{ query }}
{%- endmacro %}

{#- A relation that lasts as long as the connection, or until the next one of its name. -#}
{% macro replace_relation(name, query) -%} create or replace temp table {{ name }} as {{ query }}
{%- endmacro %}

{#- A column name as the engine quotes it, whatever a file called it. -#}
{% macro quoted_name(name) -%}
    {%- set mark = "\x22" -%} {{ mark ~ name | replace(mark, mark ~ mark) ~ mark }}
{%- endmacro %}
