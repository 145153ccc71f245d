with
    versions as (select * from {{ source("raw", "erp__replacement_orders") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.replacement_id,
            versions.entity_id,
            versions.return_id,
            versions.customer_id,
            versions.sku,
            versions.quantity,
            {{ instant("created_at") }} as created_at,
            {{ precision("created_at") }} as created_precision,
            versions.created_by,
            {{ instant("shipped_at") }} as shipped_at,
            {{ precision("shipped_at") }} as shipped_precision,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "replacement_id", "updated_at") }})

select *
from final
