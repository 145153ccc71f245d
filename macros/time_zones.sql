{#- A local wall clock of an IANA zone as a UTC timestamp: the later instant of a repeated hour,
    moved forward by the gap in a skipped one. -#}
{% macro local_to_utc(local_timestamp, zone) %}
    {{ return(adapter.dispatch("local_to_utc")(local_timestamp, zone)) }}
{% endmacro %}

{% macro duckdb__local_to_utc(local_timestamp, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ local_timestamp }}))
{%- endmacro %}

{#- A UTC timestamp as the wall clock of an IANA zone. -#}
{% macro utc_to_local(utc_timestamp, zone) %}
    {{ return(adapter.dispatch("utc_to_local")(utc_timestamp, zone)) }}
{% endmacro %}

{% macro duckdb__utc_to_local(utc_timestamp, zone) -%}
    timezone({{ zone }}, timezone('UTC', {{ utc_timestamp }}))
{%- endmacro %}

{#- The local calendar date of a UTC timestamp; UTC where no zone is known. -#}
{% macro local_date(utc_timestamp, zone) -%}
    cast({{ utc_to_local(utc_timestamp, "coalesce(" ~ zone ~ ", 'UTC')") }} as date)
{%- endmacro %}

{#- 1 = Monday .. 7 = Sunday. -#}
{% macro iso_weekday(date) %} {{ return(adapter.dispatch("iso_weekday")(date)) }}{% endmacro %}

{% macro duckdb__iso_weekday(date) -%} isodow({{ date }}) {%- endmacro %}

{#- Whole microseconds from one timestamp to another. -#}
{% macro micros_between(earlier, later) %}
    {{ return(adapter.dispatch("micros_between")(earlier, later)) }}
{% endmacro %}

{% macro duckdb__micros_between(earlier, later) -%} (epoch_us({{ later }}) - epoch_us({{ earlier }})) {%- endmacro %}

{#- A timestamp moved by a number of seconds, three thousand years at most: further is never as of anything. -#}
{% macro add_seconds(timestamp, seconds) %}
    {{ return(adapter.dispatch("add_seconds")(timestamp, seconds)) }}
{% endmacro %}

{% macro duckdb__add_seconds(timestamp, seconds) -%}
    make_timestamp(epoch_us({{ timestamp }}) + cast(least(greatest({{ seconds }}, -1e11), 1e11) * 1000000 as bigint))
{%- endmacro %}

{#- A timestamp moved by a number of microseconds. -#}
{% macro add_micros(timestamp, micros) %} {{ return(adapter.dispatch("add_micros")(timestamp, micros)) }}{% endmacro %}

{% macro duckdb__add_micros(timestamp, micros) -%}
    make_timestamp(epoch_us({{ timestamp }}) + {{ micros }})
{%- endmacro %}

{#- `YYYY-MM` of a date. -#}
{% macro year_month(date) %} {{ return(adapter.dispatch("year_month")(date)) }}{% endmacro %}

{% macro duckdb__year_month(date) -%} strftime({{ date }}, '%Y-%m') {%- endmacro %}
