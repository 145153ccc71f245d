{#- The groups of all slices at once, and the whole (slice null): items, burden and weight, and the sums of their
    squares and products. The weight is the denominator of a ratio and 1 elsewhere. `slices` are (name, expression). -#}
{% macro kpi_moments(statistic, better, slices) -%}
    with
        weighed as (
            select
                {{ kpi_slice_keys(slices) }},
                {{ kpi_burden(statistic, better) }} as burden,
                {{ "denominator" if statistic == "ratio" else "1" }} as weight
            from ({{ kpi_items_of_measure() }} and left_out_reason is null)
        )

    select
        {{ kpi_slice_columns(slices) }},
        count(*) as n,
        cast(coalesce(sum(burden), 0) as double) as burden,
        cast(coalesce(sum(weight), 0) as double) as weight,
        coalesce(sum(cast(burden as double) * cast(burden as double)), 0) as burden_squares,
        coalesce(sum(cast(burden as double) * cast(weight as double)), 0) as products,
        coalesce(sum(cast(weight as double) * cast(weight as double)), 0) as weight_squares
    from weighed
    group by grouping sets ((), {% for name, _ in slices %} ({{ name }}_key){{ ", " if not loop.last }}{% endfor %})
{%- endmacro %}

{#- The business days that the items of a duration spend in each segment, whole (slice null) and by the groups of all
    slices, and the sum of their squares. An item lasts its value from `from_column` of its case on; the segments of a
    case follow one another from its request. -#}
{% macro kpi_time_parts(from_column, slices) -%}
    with
        chosen as (
            select case_id, cast(value as double) as days, {{ kpi_slice_keys(slices) }}
            from ({{ kpi_items_of_measure() }} and left_out_reason is null)
        ),

        lasting as (
            select
                chosen.*,
                cases.standard_day_seconds * 1000000 as day_micros,
                cases.{{ from_column }} - cases.requested_micros as from_micros
            from chosen
            inner join event_log.cases as cases on cases.case_id = chosen.case_id
        ),

        laid as (
            select
                case_id,
                position,
                business_micros,
                sum(business_micros) over (
                    partition by case_id order by position rows between unbounded preceding and current row
                ) as end_micros
            from event_log.segments
            where case_id in (select case_id from chosen)
        ),

        spent as (
            select
                lasting.*,
                milestones.title,
                greatest(
                    least(laid.end_micros, from_micros + days * day_micros)
                    - greatest(laid.end_micros - laid.business_micros, from_micros),
                    0
                )
                / day_micros as spent_days
            from lasting
            inner join laid on laid.case_id = lasting.case_id
            inner join staging.milestones as milestones on milestones.position = laid.position
        )

    select title, {{ kpi_slice_columns(slices) }}, sum(spent_days) as days, sum(spent_days * spent_days) as squares
    from spent
    group by
        grouping sets (
            (title), {% for name, _ in slices %} (title, {{ name }}_key){{ ", " if not loop.last }}{% endfor %}
        )
{%- endmacro %}

{#- The key of an item in each slice. -#}
{% macro kpi_slice_keys(slices) -%}
    {% for name, expression in slices %} {{ expression }} as {{ name }}_key{{ ", " if not loop.last }}{% endfor %}
{%- endmacro %}

{#- Which slice and group a row of grouping sets is about; both null for the whole. -#}
{% macro kpi_slice_columns(slices) -%}
    case {% for name, _ in slices %} when grouping({{ name }}_key) = 0 then '{{ name }}' {% endfor %} end as slice,
    coalesce({% for name, _ in slices %}{{ name }}_key{{ ", " if not loop.last }}{% endfor %}) as group_key
{%- endmacro %}
