{#- Schemas carry their plain names: raw, staging, returns, event_log, marts; on a cluster that others use too, with a
    prefix before them. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ env_var("RETRACE_SCHEMA_PREFIX", "") }}{{ custom_schema_name or target.schema }}
{%- endmacro %}
