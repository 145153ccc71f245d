with
    versions as (select * from {{ source("raw", "erp__return_lines") }}),
    returns as (select * from {{ ref("stg_erp__returns") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.return_id,
            versions.line_no,
            versions.sku,
            versions.order_line_no,
            versions.quantity,
            versions.unit_price,
            versions.reason_code,
            versions.serial_number,
            versions.warranty_status,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join returns on returns.return_id = versions.return_id
        left join clocks on clocks.entity_id = returns.entity_id
    ),

    final as ({{ latest_version("stamped", "return_id, line_no", "updated_at") }})

select *
from final
