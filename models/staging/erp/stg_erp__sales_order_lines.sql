with
    versions as (select * from {{ source("raw", "erp__sales_order_lines") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.order_id,
            versions.line_no,
            versions.entity_id,
            versions.customer_id,
            versions.sku,
            versions.quantity,
            versions.unit_price,
            versions.currency,
            {{ instant("ordered_at") }} as ordered_at,
            {{ precision("ordered_at") }} as ordered_precision,
            {{ instant("shipped_at") }} as shipped_at,
            {{ precision("shipped_at") }} as shipped_precision,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "order_id, line_no", "updated_at") }})

select *
from final
