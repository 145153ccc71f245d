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
    case follow one another from its request, and add up to what lasts from there to the close. -#}
{% macro kpi_time_parts(from_column, slices) -%}
    with
        chosen as (
            select case_id, cast(value as double) as days, {{ kpi_slice_keys(slices) }}
            from ({{ kpi_items_of_measure() }} and left_out_reason is null)
        ),

        lasting as materialized(
            select
                chosen.*,
                row_number() over () as item_no,
                cases.standard_day_seconds * 1000000 as day_micros,
                cases.{{ from_column }} - cases.requested_micros as from_micros
            from chosen
            inner join event_log.cases as cases on cases.case_id = chosen.case_id
        ),

        {% if from_column == "requested_micros" %}
            spent as (
                select lasting.*, parts.position, parts.business_micros / day_micros as spent_days
                from event_log.segments as parts
                inner join lasting on lasting.case_id = parts.case_id
            ),
        {% else %}
            laid as (
                select
                    lasting.item_no,
                    parts.position,
                    parts.business_micros,
                    sum(parts.business_micros) over (
                        partition by lasting.item_no
                        order by parts.position
                        rows between unbounded preceding and current row
                    ) as end_micros
                from event_log.segments as parts
                inner join lasting on lasting.case_id = parts.case_id
            ),

            spent as (
                select
                    lasting.*,
                    laid.position,
                    greatest(
                        least(end_micros, from_micros + days * day_micros)
                        - greatest(end_micros - business_micros, from_micros),
                        0
                    )
                    / day_micros as spent_days
                from laid
                inner join lasting on lasting.item_no = laid.item_no
            ),
        {% endif %}

        named as (
            select spent.*, milestones.title
            from spent
            inner join staging.milestones as milestones on milestones.position = spent.position
        )

    select title, {{ kpi_slice_columns(slices) }}, sum(spent_days) as days, sum(spent_days * spent_days) as squares
    from named
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
