{#- The money that waits on each directly-follows edge, in money x days elapsed: `value` is a column of the cases. `one`
    asks of the edge from $activity to $next_activity alone. -#}
{% macro edge_values(events, cases, value, one=false) -%}
    select log_events.activity, log_events.next_activity, {{ value_days("log_cases." ~ value, waited_micros()) }}
    from {{ events }} as log_events
    inner join {{ cases }} as log_cases on log_cases.case_id = log_events.case_id
    where
        log_events.next_activity is not null
        {% if one %} and log_events.activity = $activity and log_events.next_activity = $next_activity {% endif %}
    group by log_events.activity, log_events.next_activity
{%- endmacro %}

{#- What the events of one $activity have waited since the event before them, in one row. -#}
{% macro waits_before(events, cases, value) -%}
    with
        waits as (
            select
                {{ waited_micros() }} as micros,
                log_events.next_business_micros - log_events.business_micros as business_micros,
                log_cases.{{ value }} as value
            from {{ events }} as log_events
            inner join {{ cases }} as log_cases on log_cases.case_id = log_events.case_id
            where log_events.next_activity = $activity
        )

    select
        count(*) as waits,
        {{ wait_columns("micros", "seconds") }},
        {{ wait_columns("business_micros", "business_seconds") }},
        {{ value_days("value", "micros") }}
    from waits
{%- endmacro %}

{#- Microseconds from an event to the next, elapsed. -#}
{% macro waited_micros() -%} {{ micros_between("log_events.event_at", "log_events.next_event_at") }} {%- endmacro %}

{#- Money times elapsed days, added up exactly, so that the order of the rows never shows; null without any value. -#}
{% macro value_days(value, micros) -%}
    cast(sum(cast({{ value }} * ({{ micros }} / 86400000000.0) as decimal(38, 9))) as double) as value_days
{%- endmacro %}
