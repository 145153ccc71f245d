-- Every item of a KPI counts or is left out, in the whole and in its part.
with
    summary as (select * from {{ ref("kpi_summary") }}),
    measures as (select * from {{ ref("kpi_measures") }}),

    items as (
        select kpi, cast(null as string) as part, count(*) as items
        from {{ ref("kpi_items") }}
        group by kpi
        union all
        select kpi, kpi_part as part, count(*) as items
        from {{ ref("kpi_items") }}
        where kpi_part is not null
        group by kpi, kpi_part
    )

select summary.measure, summary.n, summary.left_out, coalesce(items.items, 0) as items
from summary
inner join measures on measures.measure = summary.measure
left join items on items.kpi = measures.kpi and coalesce(items.part, '') = coalesce(measures.part, '')
where summary.n + summary.left_out <> coalesce(items.items, 0)
