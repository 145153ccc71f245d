{#- Before a build: makes what was loaded known to an engine that has not loaded it itself. -#}
{% macro open_landing() %} {{ return(adapter.dispatch("open_landing")()) }}{% endmacro %}

{% macro duckdb__open_landing() %} {% endmacro %}

{#- Schemas of this build alone, each with its folder in the build's store, and the landing tables over the Parquet files
    there. Without a store the schemas and the landing tables are those that the catalogue already has. -#}
{% macro spark__open_landing() %}
    {%- set store, prefix = env_var("RETRACE_BUILD_STORE", ""), env_var("RETRACE_SCHEMA_PREFIX", "") -%}
    {%- if execute and store -%}
        {%- for schema in ["raw", "staging", "returns", "event_log", "marts"] -%}
            {%- do run_query("drop schema if exists " ~ prefix ~ schema ~ " cascade") -%}
            {%- do run_query("create schema " ~ prefix ~ schema ~ " location '" ~ store ~ "/" ~ schema ~ "'") -%}
        {%- endfor -%}
        {%- for source in graph.sources.values() -%}
            {%- set file = store ~ "/landing/" ~ source.name ~ ".parquet" -%}
            {%- do run_query("create table " ~ source.relation_name ~ " using parquet location '" ~ file ~ "'") -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
