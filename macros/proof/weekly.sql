{#- What the goals of a comparison are made of, over the whole history of a cohort up to the end of after: one row per
    KPI, part, local day of the request, unit, day of its roll-out and cluster. Every return is followed for the same
    time; `returns` are the returns themselves. `unit` is an expression of the cases, `$kpis` the KPIs of the goals. -#}
{% macro proof_daily(cases, rollouts, cluster, most_clusters, unit) -%}
    with
        started as (
            select *, {{ local_date("requested_at", "time_zone") }} as started_on
            from {{ cases }}
            where requested_at is not null and {{ local_date("requested_at", "time_zone") }} < $after_end
        ),

        placed as (
            select
                started.case_id,
                started.requested_at,
                started.started_on,
                started.{{ unit }} as unit,
                least(by_site.rolled_out_on, by_entity.rolled_out_on) as rolled_out_on,
                (dense_rank() over (order by coalesce(started.{{ cluster }}, 'return ' || started.case_id)) - 1)
                % {{ most_clusters }} as cluster_no
            from started
            left join {{ rollouts }} as by_site on by_site.unit_kind = 'site' and by_site.unit = started.site
            left join
                {{ rollouts }} as by_entity on by_entity.unit_kind = 'entity' and by_entity.unit = started.entity_id
        ),

        items as (
            select placed.*, items.kpi, items.kpi_part, items.left_out_reason, value, numerator, denominator
            from marts.kpi_items as items
            inner join placed on placed.case_id = items.case_id
            where
                list_contains($kpis, items.kpi)
                and items.anchor_at is not null
                and {{ micros_between("placed.requested_at", "items.anchor_at") }} < $horizon_days * 86400e6
        ),

        parts as (
            select *, coalesce(kpi_part, '') as part
            from items
            union all
            select *, '' as part
            from items
            where kpi_part is not null
        )

    select
        kpi,
        part,
        started_on,
        unit,
        rolled_out_on,
        cluster_no,
        count(*) - count(left_out_reason) as n,
        cast(coalesce(sum(value), 0) as double) as total,
        cast(coalesce(sum(numerator), 0) as double) as numerator,
        cast(coalesce(sum(denominator), 0) as double) as denominator
    from parts
    group by kpi, part, started_on, unit, rolled_out_on, cluster_no
    union all
    select 'returns', '', started_on, unit, rolled_out_on, cluster_no, count(*), 0, 0, 0
    from placed
    group by started_on, unit, rolled_out_on, cluster_no
{%- endmacro %}

{#- The same by unit and whole week, counted from the cut-over; with a roll-out only of the units that change between the
    start of before and the end of after. -#}
{% macro proof_weekly_sums(daily) -%}
    with
        changing as (
            select
                *, cast(floor((started_on - $cut_over) / 7) as integer) as week_no, min(started_on) over () as first_on
            from {{ daily }}
            where not $has_rollout or (rolled_out_on > $before_start and rolled_out_on < $after_end)
        )

    select
        kpi,
        part,
        week_no,
        coalesce(unit, 'missing') as unit,
        cast(sum(n) as integer) as n,
        {{ proof_sum("total") }} as total,
        {{ proof_sum("numerator") }} as numerator,
        {{ proof_sum("denominator") }} as denominator
    from changing
    where $cut_over + 7 * week_no >= first_on and $cut_over + 7 * week_no + 7 <= $after_end
    group by kpi, part, week_no, coalesce(unit, 'missing')
    order by all
{%- endmacro %}
