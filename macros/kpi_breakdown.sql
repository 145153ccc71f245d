{#- One measure by the groups of a slice, as kpi_totals gives it, with what its interval takes. Groups with fewer than
    `least` counted items are one row together, whose group is null. `low` and `high` are the order statistics around a
    percentile (W. J. Conover, Practical Nonparametric Statistics, 3rd ed. 1999, section 3.2), null where the sample is
    too small for them. -#}
{% macro kpi_breakdown(key, quantile=none) -%}
    with
        chosen as ({{ kpi_items_of_measure() }}),

        sized as (
            select
                *,
                {{ key }} as own_group,
                count(case when left_out_reason is null then 1 end) over (partition by {{ key }}) as own_n
            from chosen
        ),

        folded as (select *, case when own_n >= $least then own_group end as shown_group from sized),

        measured as (
            {{
                kpi_totals(
                    items="folded",
                    measures="(select * from staging.kpi_measures where measure = $measure)",
                    group_column="shown_group",
                )
            }}
        ),

        spread as (
            select
                shown_group,
                count(distinct own_group) as groups,
                count(value) as measured_items,
                stddev_samp(cast(value as double)) as deviation,
                coalesce(bool_and(denominator = 1 and numerator in (0, 1)), false) as is_yes_or_no,
                coalesce(sum(cast(numerator as double) * cast(numerator as double)), 0) as burden_squares,
                coalesce(sum(cast(numerator as double) * cast(denominator as double)), 0) as products,
                coalesce(sum(cast(denominator as double) * cast(denominator as double)), 0) as weight_squares
                {%- if quantile %}
                    ,
                    list(cast(value as double) order by value) filter (where value is not null) as ordered,
                    measured_items * {{ quantile }} as place,
                    1.959963984540054 * sqrt(measured_items * {{ quantile }} * (1 - {{ quantile }})) as reach
                {%- endif %}
            from folded
            group by shown_group
        )

    select
        measured.measure,
        measured.group_key,
        measured.value,
        measured.n,
        measured.numerator,
        measured.denominator,
        measured.left_out,
        measured.coverage,
        spread.groups,
        spread.deviation,
        spread.is_yes_or_no,
        spread.burden_squares,
        spread.products,
        spread.weight_squares,
        {% if quantile %}
            case when floor(place - reach) >= 1 then ordered[cast(floor(place - reach) as bigint)] end as low,
            case
                when ceil(place + reach) + 1 <= measured_items then ordered[cast(ceil(place + reach) as bigint) + 1]
            end as high
        {% else %} null as low, null as high
        {% endif %}
    from measured
    inner join spread on spread.shown_group is not distinct from measured.group_key
{%- endmacro %}
