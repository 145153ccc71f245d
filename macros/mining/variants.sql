{#- Paths that cases take, the most frequent first: how many cases, their share alone and with all before it, the time
    from first to last event. `value` is a column of the cases (a sum of money) or nothing, when the log has none. -#}
{% macro variants(events, cases, value=none) -%}
    with
        paths as (
            select
                variant_id,
                variant,
                count(*) as cases,
                {{ "cast(sum(" ~ value ~ ") as double)" if value else "cast(null as double)" }} as value,
                {{ wait_columns(micros_between("started_at", "ended_at"), "seconds") }}
            from {{ cases }}
            group by variant_id, variant
        )

    select
        variant_id,
        variant,
        cases,
        cast(cases as double) / sum(cases) over () as share,
        cast(sum(cases) over by_rank as double) / sum(cases) over () as cumulative_share,
        value,
        sum(value) over by_rank / nullif(sum(value) over (), 0) as cumulative_value_share,
        median_seconds,
        p90_seconds
    from paths
    window by_rank as (order by cases desc, variant, variant_id rows unbounded preceding)
    order by cases desc, variant, variant_id
{%- endmacro %}
