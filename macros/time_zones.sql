{#- A local wall clock of an IANA zone as a UTC timestamp: the later instant of a repeated hour,
    moved forward by the gap in a skipped one. Between UTC and an instant DuckDB goes by microseconds, which asks no
    calendar. -#}
{% macro local_to_utc(local_timestamp, zone) %}
    {{ return(adapter.dispatch("local_to_utc")(local_timestamp, zone)) }}
{% endmacro %}

{% macro duckdb__local_to_utc(local_timestamp, zone) -%}
    make_timestamp(epoch_us(timezone({{ zone }}, {{ local_timestamp }})))
{%- endmacro %}

{#- Spark reads a repeated hour as the earlier instant. The later one is the wall clock by the offset that holds six
    hours after it, if that instant has the same wall clock; no zone repeats that much at once. `clock` is the wall clock
    and the zone, computed once. -#}
{% macro spark__local_to_utc(local_timestamp, zone) -%}
    {%- set earlier = "to_utc_timestamp(clock.at, clock.zone)" -%}
    {%- set after = earlier ~ " + interval 6 hours" -%}
    {%- set later -%} clock.at - (from_utc_timestamp({{ after }}, clock.zone) - ({{ after }})) {%- endset -%}
    element_at(
        transform(
            array(struct({{ local_timestamp }} as at, {{ zone }} as zone)),
            clock
            -> case when from_utc_timestamp({{ later }}, clock.zone) = clock.at then {{ later }} else {{ earlier }} end
        ),
        1
    )
{%- endmacro %}

{#- A UTC timestamp as the wall clock of an IANA zone. -#}
{% macro utc_to_local(utc_timestamp, zone) %}
    {{ return(adapter.dispatch("utc_to_local")(utc_timestamp, zone)) }}
{% endmacro %}

{% macro duckdb__utc_to_local(utc_timestamp, zone) -%}
    timezone({{ zone }}, make_timestamptz(epoch_us({{ utc_timestamp }})))
{%- endmacro %}

{% macro spark__utc_to_local(utc_timestamp, zone) -%}
    from_utc_timestamp({{ utc_timestamp }}, {{ zone }})
{%- endmacro %}

{#- The local calendar date of a UTC timestamp; UTC where no zone is known. -#}
{% macro local_date(utc_timestamp, zone) -%}
    cast({{ utc_to_local(utc_timestamp, "coalesce(" ~ zone ~ ", 'UTC')") }} as date)
{%- endmacro %}

{#- 1 = Monday .. 7 = Sunday. -#}
{% macro iso_weekday(date) %} {{ return(adapter.dispatch("iso_weekday")(date)) }}{% endmacro %}

{% macro duckdb__iso_weekday(date) -%} isodow({{ date }}) {%- endmacro %}

{% macro spark__iso_weekday(date) -%}(weekday({{ date }}) + 1) {%- endmacro %}

{#- Whole microseconds from one timestamp to another. -#}
{% macro micros_between(earlier, later) %}
    {{ return(adapter.dispatch("micros_between")(earlier, later)) }}
{% endmacro %}

{% macro duckdb__micros_between(earlier, later) -%} (epoch_us({{ later }}) - epoch_us({{ earlier }})) {%- endmacro %}

{% macro spark__micros_between(earlier, later) -%}
    (unix_micros({{ later }}) - unix_micros({{ earlier }}))
{%- endmacro %}

{#- A timestamp moved by a number of seconds, three thousand years at most: further is never as of anything. -#}
{% macro add_seconds(timestamp, seconds) %}
    {{ return(adapter.dispatch("add_seconds")(timestamp, seconds)) }}
{% endmacro %}

{% macro duckdb__add_seconds(timestamp, seconds) -%}
    make_timestamp(epoch_us({{ timestamp }}) + cast(least(greatest({{ seconds }}, -1e11), 1e11) * 1000000 as bigint))
{%- endmacro %}

{% macro spark__add_seconds(timestamp, seconds) -%}
    timestamp_micros(
        unix_micros({{ timestamp }}) + cast(rint(least(greatest({{ seconds }}, -1e11), 1e11) * 1000000) as bigint)
    )
{%- endmacro %}

{#- A timestamp moved by a number of microseconds. -#}
{% macro add_micros(timestamp, micros) %} {{ return(adapter.dispatch("add_micros")(timestamp, micros)) }}{% endmacro %}

{% macro duckdb__add_micros(timestamp, micros) -%}
    make_timestamp(epoch_us({{ timestamp }}) + {{ micros }})
{%- endmacro %}

{% macro spark__add_micros(timestamp, micros) -%}
    timestamp_micros(unix_micros({{ timestamp }}) + {{ micros }})
{%- endmacro %}

{#- A timestamp moved by a whole number of minutes. -#}
{% macro add_minutes(timestamp, minutes) -%}
    {{ add_micros(timestamp, "60000000 * cast(" ~ minutes ~ " as bigint)") }}
{%- endmacro %}

{#- `YYYY-MM` of a date. -#}
{% macro year_month(date) %} {{ return(adapter.dispatch("year_month")(date)) }}{% endmacro %}

{% macro duckdb__year_month(date) -%} strftime({{ date }}, '%Y-%m') {%- endmacro %}

{% macro spark__year_month(date) -%} date_format({{ date }}, 'yyyy-MM') {%- endmacro %}
