{#- The exact product of two decimals, to eighteen decimals; null beyond ten quintillion, where no decimal holds it. -#}
{% macro exact_product(left, right) -%}
    case
        when abs(cast({{ left }} as double) * cast({{ right }} as double)) < 1e19
        then cast({{ left }} * {{ right }} as decimal(38, 18))
    end
{%- endmacro %}

{#- An amount in the reporting currency, exact to fifteen decimals; null where the rate is missing or the result beyond
    ten quadrillion. -#}
{% macro reporting_amount(amount, rate) -%}
    case
        when abs(cast({{ amount }} as double) * cast({{ rate }} as double)) < 1e16
        then cast(cast({{ amount }} as decimal(38, 12)) * {{ rate }} as decimal(38, 15))
    end
{%- endmacro %}

{#- Joins the rate of a currency for the month of a local date as `alias`. -#}
{% macro join_rate(alias, currency, local_date) -%}
    left join
        fx_rates as {{ alias }}
        on {{ alias }}.currency = {{ currency }}
        and {{ alias }}.month = cast(date_trunc('month', {{ local_date }}) as date)
{%- endmacro %}
