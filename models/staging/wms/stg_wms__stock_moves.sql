with
    versions as (select * from {{ source("raw", "wms__stock_moves") }}),
    receipts as (select * from {{ ref("stg_wms__receipts") }}),
    sites as (select * from {{ ref("stg_wms__sites") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.move_id,
            versions.receipt_id,
            versions.stock_status,
            {{ site_instant("moved_at") }} as moved_at,
            {{ precision("moved_at") }} as moved_precision,
            versions.moved_by,
            {{ extract_row() }}
        from versions
        left join receipts on receipts.receipt_id = versions.receipt_id
        left join sites on sites.site_id = receipts.site_id
        left join clocks on clocks.entity_id = sites.entity_id
    ),

    final as ({{ latest_version("stamped", "move_id") }})

select *
from final
