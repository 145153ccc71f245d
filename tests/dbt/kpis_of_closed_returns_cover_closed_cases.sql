-- A KPI about closed returns says of every closed return what it counts or why it is left out.
with
    closed as (select count(*) as closed_cases from {{ ref("cases") }} where is_closed),
    kpis as (select kpi from {{ ref("kpis") }} where population = 'Closed returns'),
    items as (select kpi, count(*) as items from {{ ref("kpi_items") }} group by kpi)

select kpis.kpi, coalesce(items.items, 0) as items, closed.closed_cases
from kpis
cross join closed
left join items on items.kpi = kpis.kpi
where coalesce(items.items, 0) <> closed.closed_cases
