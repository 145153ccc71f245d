{#- The sums of the goals around the day on which each group of units changed: by group (`target_no` into `$targets`),
    how long a unit stays untouched after that day (-1 the group itself; whole weeks for which returns of others cannot
    run into their own change), week from the change and cluster. What started before the change and could still run
    when it came is left out of the group and of its controls alike. A unit that stays untouched for less than a week is
    no control, nor is a return of no unit: nobody knows how it ran. -#}
{% macro proof_rollout_sums(daily) -%}
    with
        targets as (select unnest($targets) as changed_on, generate_subscripts($targets, 1) - 1 as target_no),

        around as (
            select
                daily.*,
                targets.target_no,
                cast(floor((started_on - changed_on) / 7) as integer) as week_no,
                case
                    when rolled_out_on = changed_on
                    then -1
                    when rolled_out_on is null
                    then 100000
                    else greatest(cast(floor((rolled_out_on - $horizon_days - changed_on) / 7) as integer), 0)
                end as untouched_weeks
            from {{ daily }} as daily
            cross join targets
            where
                started_on >= $before_start
                and (started_on + $horizon_days <= changed_on or started_on >= greatest(changed_on, $after_start))
                and (rolled_out_on >= changed_on or (rolled_out_on is null and unit is not null))
        )

    select
        kpi,
        part,
        target_no,
        untouched_weeks,
        week_no,
        cluster_no,
        cast(sum(n) as double) as n,
        {{ proof_sum("total") }} as total,
        {{ proof_sum("numerator") }} as numerator,
        {{ proof_sum("denominator") }} as denominator
    from around
    where untouched_weeks = -1 or greatest(week_no, 0) < untouched_weeks
    group by kpi, part, target_no, untouched_weeks, week_no, cluster_no
    order by all
{%- endmacro %}

{#- The goals of every unit before the first change (a unit that changes: before its own) and after it. -#}
{% macro proof_unit_sums(daily) -%}
    with
        sided as (
            select
                *,
                case
                    when started_on + $horizon_days <= coalesce(rolled_out_on, $cut_over)
                    then 'before'
                    when started_on >= greatest(coalesce(rolled_out_on, $cut_over), $after_start)
                    then 'after'
                end as side
            from {{ daily }}
            where started_on >= $before_start and unit is not null
        )

    select
        kpi,
        part,
        unit,
        min(rolled_out_on) as changed_on,
        side,
        cast(sum(n) as integer) as n,
        {{ proof_sum("total") }} as total,
        {{ proof_sum("numerator") }} as numerator,
        {{ proof_sum("denominator") }} as denominator
    from sided
    where side is not null
    group by kpi, part, unit, side
    order by all
{%- endmacro %}
