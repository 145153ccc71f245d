{#- The median or ninth decile of microseconds in seconds, by linear interpolation; both of one column are one sort. -#}
{% macro wait_percentile(micros, place) %}
    {{ return(adapter.dispatch("wait_percentile")(micros, place)) }}
{% endmacro %}

{% macro duckdb__wait_percentile(micros, place) -%}
    quantile_cont({{ micros }}, [0.5, 0.9])[{{ {"median": 1, "p90": 2}[place] }}] / 1000000
{%- endmacro %}

{% macro spark__wait_percentile(micros, place) -%}
    percentile({{ micros }}, {{ {"median": 0.5, "p90": 0.9}[place] }}) / 1000000
{%- endmacro %}

{#- Mean, median, ninth decile and total of whole microseconds in seconds, as columns named <statistic>_<suffix>. Whole
    microseconds add up exactly, so that the order of the rows never shows; a mean of nothing is null. -#}
{% macro wait_columns(micros, suffix) -%}
    cast(sum({{ micros }}) as double) / count({{ micros }}) / 1000000 as mean_{{ suffix }},
    {{ wait_percentile(micros, "median") }} as median_{{ suffix }},
    {{ wait_percentile(micros, "p90") }} as p90_{{ suffix }},
    cast(sum({{ micros }}) as double) / 1000000 as total_{{ suffix }}
{%- endmacro %}
