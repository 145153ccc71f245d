{#- Schemas carry their plain names: raw, staging, returns, event_log, marts. -#}
{% macro generate_schema_name(custom_schema_name, node) -%} {{ custom_schema_name or target.schema }} {%- endmacro %}
