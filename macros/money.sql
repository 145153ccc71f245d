{#- An amount in the reporting currency, exact to fifteen decimals; null where the rate is missing. -#}
{% macro reporting_amount(amount, rate) -%}
    cast(cast({{ amount }} as decimal(38, 12)) * {{ rate }} as decimal(38, 15))
{%- endmacro %}

{#- Joins the rate of a currency for the month of a local date as `alias`. -#}
{% macro join_rate(alias, currency, local_date) -%}
    left join
        fx_rates as {{ alias }}
        on {{ alias }}.currency = {{ currency }}
        and {{ alias }}.month = cast(date_trunc('month', {{ local_date }}) as date)
{%- endmacro %}
