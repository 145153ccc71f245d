{#- First instant of any of the activities in a group of events, and the business clock there. -#}
{% macro first_of(activities, name) -%}
    min(case when activity in ('{{ activities | join("', '") }}') then event_at end) as {{ name }}_at,
    min(case when activity in ('{{ activities | join("', '") }}') then business_micros end) as {{ name }}_micros
{%- endmacro %}

{#- Last instant of the activity in a group of events, and the business clock there. -#}
{% macro last_of(activity, name) -%}
    max(case when activity = '{{ activity }}' then event_at end) as {{ name }}_at,
    max(case when activity = '{{ activity }}' then business_micros end) as {{ name }}_micros
{%- endmacro %}

{#- Whether a group of events has one of the activities, optionally under a condition. -#}
{% macro has_any(activities, condition="true") -%}
    coalesce(max(case when activity in ('{{ activities | join("', '") }}') and {{ condition }} then 1 end), 0) = 1
{%- endmacro %}
