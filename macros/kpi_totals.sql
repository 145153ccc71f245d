{#- KPI totals of a relation of KPI items, one row per measure and group. Plain Jinja, so that the published summary
    and every question asked of the warehouse later are the same SQL. `items` has the columns of kpi_items, `measures`
    those of the seed kpi_measures; `group_column` is a slice of the items, or nothing for totals of everything.
    Medians and percentiles interpolate linearly; a mean, median or share of nothing is null, a count or sum 0. -#}
{% macro kpi_totals(items, measures, group_column=none) -%}
    with
        parts as (
            select *, coalesce(kpi_part, '') as part, {{ group_column or "cast(null as string)" }} as group_key
            from {{ items }}
            union all
            select *, '' as part, {{ group_column or "cast(null as string)" }} as group_key
            from {{ items }}
            where kpi_part is not null
        ),

        totals as (
            select
                kpi,
                part,
                group_key,
                count(*) - count(left_out_reason) as n,
                count(left_out_reason) as left_out,
                count(case when is_lacking then 1 end) as lacking,
                cast(coalesce(sum(value), 0) as double) as total,
                percentile_cont(0.5) within group (order by cast(value as double)) as median,
                percentile_cont(0.9) within group (order by cast(value as double)) as p90,
                cast(coalesce(sum(numerator), 0) as double) as numerator,
                cast(coalesce(sum(denominator), 0) as double) as denominator
            from parts
            group by kpi, part, group_key
        )

    select
        measures.position,
        measures.measure,
        measures.kpi,
        totals.group_key,
        case
            measures.statistic
            when 'mean'
            then totals.total / nullif(totals.n, 0)
            when 'median'
            then totals.median
            when 'p90'
            then totals.p90
            when 'ratio'
            then totals.numerator / nullif(totals.denominator, 0)
            when 'count'
            then coalesce(totals.n, 0)
            when 'sum'
            then coalesce(totals.total, 0)
        end as value,
        coalesce(totals.n, 0) as n,
        case when measures.statistic = 'ratio' then coalesce(totals.numerator, 0) end as numerator,
        case when measures.statistic = 'ratio' then coalesce(totals.denominator, 0) end as denominator,
        coalesce(totals.left_out, 0) as left_out,
        1 - totals.lacking / nullif(cast(totals.n + totals.left_out as double), 0) as coverage
    from
        {{ measures }} as measures
        {{ "inner join" if group_column else "left join" }}
        totals on totals.kpi = measures.kpi and totals.part = coalesce(measures.part, '')
{%- endmacro %}
