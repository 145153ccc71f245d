{#- Open microseconds of an entity's calendar from the beginning of its calendar to `instant`; `day` is the row of
    business_days of the instant's local date. Null where the entity has no calendar. The business time between two
    instants is the difference of their values. -#}
{% macro business_micros(instant, day) -%}
    {{ day }}.open_micros_before
    + least(greatest(coalesce({{ micros_between(day ~ ".opens_at", instant) }}, 0), 0), {{ day }}.open_micros)
{%- endmacro %}

{#- Business days, fractional, from a number of open microseconds: open time over the calendar's standard day. -#}
{% macro business_days_of(micros, standard_day_seconds) -%}
    cast(
        case when {{ micros }} > 0 then {{ micros }} when {{ micros }} <= 0 then 0 end
        / 1000000.0
        / {{ standard_day_seconds }} as decimal(38, 15)
    )
{%- endmacro %}
