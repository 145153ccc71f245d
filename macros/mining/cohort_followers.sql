{#- The activities that a log has. -#}
{% macro cohort_activities(events) -%} select activity from {{ events }} as events group by activity {%- endmacro %}

{#- Conditions on a row of `cases`: an event of `before` is followed by one of `after`. Bounds on the micros between the
    two and `resource_sign` (= or <> between their resources) are asked of the same pair. -#}
{% macro cohort_directly(events, before, after, least, most, resource_sign) -%}
    {%- set micros = micros_between("events.event_at", "events.next_event_at") -%}
    {%- set condition -%}
        events.activity in ({{ before | join(", ") }}) and events.next_activity in ({{ after | join(", ") }})
        {%- if least %} and {{ micros }} >= {{ least }}{% endif -%}
        {%- if most %} and {{ micros }} <= {{ most }}{% endif -%}
        {%- if resource_sign %} and events.resource {{ resource_sign }} events.next_resource{% endif -%}
    {%- endset -%}
    {{ cohort_has_event(events, condition) }}
{%- endmacro %}

{#- Without bounds and resources the first of `before` and the last of `after` decide: no pair is formed. -#}
{% macro cohort_eventually(events, before, after) -%}
    cases.case_id in (
        select events.case_id
        from {{ events }} as events
        where events.activity in ({{ (before + after) | join(", ") }})
        group by events.case_id
        having
            min(case when events.activity in ({{ before | join(", ") }}) then events.case_position end)
            < max(case when events.activity in ({{ after | join(", ") }}) then events.case_position end)
    )
{%- endmacro %}

{% macro cohort_eventually_within(events, before, after, least, most, resource_sign) -%}
    {%- set micros = micros_between("earlier.event_at", "later.event_at") -%}
    cases.case_id in (
        select earlier.case_id
        from {{ events }} as earlier
        inner join {{ events }} as later on later.case_id = earlier.case_id
        where
            earlier.activity in ({{ before | join(", ") }})
            and later.activity in ({{ after | join(", ") }})
            and later.case_position > earlier.case_position
            {% if least %} and {{ micros }} >= {{ least }} {% endif %}
            {% if most %} and {{ micros }} <= {{ most }} {% endif %}
            {% if resource_sign %} and earlier.resource {{ resource_sign }} later.resource {% endif %}
    )
{%- endmacro %}
