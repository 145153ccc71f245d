with
    versions as (select * from {{ source("raw", "wms__inspections") }}),
    receipts as (select * from {{ ref("stg_wms__receipts") }}),
    sites as (select * from {{ ref("stg_wms__sites") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.inspection_id,
            versions.receipt_id,
            {{ site_instant("started_at") }} as started_at,
            {{ precision("started_at") }} as started_precision,
            {{ site_instant("completed_at") }} as completed_at,
            {{ precision("completed_at") }} as completed_precision,
            versions.inspected_by,
            versions.condition_code,
            {{ site_instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join receipts on receipts.receipt_id = versions.receipt_id
        left join sites on sites.site_id = receipts.site_id
        left join clocks on clocks.entity_id = sites.entity_id
    ),

    final as ({{ latest_version("stamped", "inspection_id", "updated_at") }})

select *
from final
