with
    cases as (select * from {{ ref("cases") }}),

    final as (
        select
            variant_id,
            variant,
            count(*) as cases,
            cast(count(*) as double) / sum(count(*)) over () as share,
            percentile_cont(0.5) within group (
                order by cast({{ micros_between("started_at", "ended_at") }} / 1000000.0 as double)
            ) as median_seconds
        from cases
        group by variant_id, variant
    )

select *
from final
