{#- The items of every KPI with a date, of the returns compared, that came to be within the follow-up they all have. -#}
{% macro proof_items(compared) -%}
    select items.*, compared.side, compared.cluster_no, compared.cell_no, compared.week_no
    from marts.kpi_items as items
    inner join {{ compared }} as compared on compared.case_id = items.case_id and compared.standing = 'compared'
    where
        items.anchor_at is not null
        and {{ micros_between("compared.requested_at", "items.anchor_at") }} < $horizon_days * 86400e6
{%- endmacro %}

{#- Sums of the items of every KPI, and of its parts, by side, cluster and `fold` (week_no or cell_no); `returns` are the
    returns themselves. -#}
{% macro proof_sums(items, compared, fold) -%}
    with
        parts as (
            select *, coalesce(kpi_part, '') as part
            from {{ items }}
            union all
            select *, '' as part
            from {{ items }}
            where kpi_part is not null
        )

    select
        kpi,
        part,
        side,
        cluster_no,
        {{ fold }} as fold_no,
        count(*) - count(left_out_reason) as n,
        count(left_out_reason) as left_out,
        count(case when is_lacking then 1 end) as lacking,
        cast(coalesce(sum(value), 0) as double) as total,
        cast(coalesce(sum(numerator), 0) as double) as numerator,
        cast(coalesce(sum(denominator), 0) as double) as denominator
    from parts
    group by kpi, part, side, cluster_no, {{ fold }}
    union all
    select 'returns', '', side, cluster_no, {{ fold }}, count(*), 0, 0, 0, 0, 0
    from {{ compared }}
    where standing = 'compared'
    group by side, cluster_no, {{ fold }}
    order by all
{%- endmacro %}

{#- The values of a duration by side and cluster in at most a thousand bins of equal numbers; ties share a bin. -#}
{% macro proof_bins(items) -%}
    with
        valued as (
            select side, cluster_no, cast(value as double) as value
            from {{ items }}
            where kpi = $kpi and value is not null
        ),

        binned as (
            select *, cast(floor((rank() over (order by value) - 1) * 1000.0 / count(*) over ()) as integer) as bin
            from valued
        ),

        edged as (
            select *, min(value) over (partition by bin) as low, max(value) over (partition by bin) as high from binned
        )

    select bin, min(low) as low, min(high) as high, side, cluster_no, count(*) as n
    from edged
    group by bin, side, cluster_no
    order by bin, side, cluster_no
{%- endmacro %}

{#- The exact percentile of a duration on each side. -#}
{% macro proof_quantiles(items) -%}
    select
        quantile_cont(cast(value as double), $share) filter (where side = 'before'),
        quantile_cont(cast(value as double), $share) filter (where side = 'after')
    from {{ items }}
    where kpi = $kpi
{%- endmacro %}

{#- How many values of a duration lie at or below the percentile of their side, by side, cluster and week. -#}
{% macro proof_below(items) -%}
    select
        side,
        cluster_no,
        week_no as fold_no,
        count(*) as n,
        0 as left_out,
        0 as lacking,
        count(case when value <= case side when 'before' then $before else $after end then 1 end) as total
    from {{ items }}
    where kpi = $kpi and value is not null
    group by side, cluster_no, week_no
    order by side, cluster_no, week_no
{%- endmacro %}
