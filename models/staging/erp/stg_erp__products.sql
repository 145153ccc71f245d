with
    versions as (select * from {{ source("raw", "erp__products") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.sku,
            versions.description,
            versions.category,
            versions.supplier_id,
            versions.unit_cost,
            versions.cost_currency,
            versions.hazardous,
            versions.serialized,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on false
    ),

    final as ({{ latest_version("stamped", "sku", "updated_at") }})

select *
from final
