with
    versions as (select * from {{ source("raw", "wms__receipts") }}),
    sites as (select * from {{ ref("stg_wms__sites") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.receipt_id,
            versions.site_id,
            versions.rma_number,
            versions.sku,
            versions.quantity,
            versions.lpn,
            {{ site_instant("received_at") }} as received_at,
            {{ precision("received_at") }} as received_precision,
            versions.received_by,
            {{ site_instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join sites on sites.site_id = versions.site_id
        left join clocks on clocks.entity_id = sites.entity_id
    ),

    final as ({{ latest_version("stamped", "receipt_id", "updated_at") }})

select *
from final
