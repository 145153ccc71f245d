with
    versions as (select * from {{ source("raw", "erp__returns") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.return_id,
            versions.entity_id,
            versions.rma_number,
            versions.customer_id,
            versions.channel,
            versions.order_id,
            versions.requested_resolution,
            versions.currency,
            {{ instant("created_at") }} as created_at,
            {{ precision("created_at") }} as created_precision,
            versions.created_by,
            {{ instant("updated_at") }} as updated_at,
            {{ instant("deleted_at") }} as deleted_at,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "return_id", "updated_at") }})

select *
from final
