with
    rows_ as (select * from {{ ref("stg_erp__return_lines") }}),
    returns as (select * from {{ ref("returns") }}),
    products as (select * from {{ ref("stg_erp__products") }}),
    suppliers as (select * from {{ ref("stg_erp__suppliers") }}),
    code_map as (select * from {{ ref("stg_reference__code_map") }}),
    reasons as (select * from {{ ref("stg_reference__reasons") }}),

    coded as (
        select
            rows_.return_id,
            rows_.line_no,
            cast(
                row_number() over (partition by rows_.return_id order by {{ line_order("rows_.line_no") }}) as bigint
            ) as line_position,
            returns.entity_id,
            rows_.sku,
            returns.order_id,
            rows_.order_line_no,
            rows_.quantity,
            rows_.unit_price,
            returns.currency,
            {{ exact_product("rows_.quantity", "rows_.unit_price") }} as line_value,
            rows_.reason_code as source_reason,
            {{ standard_code("rows_.reason_code") }} as reason,
            rows_.warranty_status,
            rows_.source_key
        from rows_
        inner join
            returns on returns.return_id = rows_.return_id
            {{ join_code_map("reason", "returns.entity_id", "rows_.reason_code") }}
    ),

    final as (
        select
            coded.*,
            products.category,
            products.supplier_id,
            products.unit_cost,
            products.cost_currency,
            {{ exact_product("coded.quantity", "products.unit_cost") }} as line_cost,
            coalesce(reasons.supplier_liable and suppliers.recovery_agreement, false) as is_supplier_liable,
            suppliers.claim_window_days
        from coded
        left join products on products.sku = coded.sku
        left join suppliers on suppliers.supplier_id = products.supplier_id
        left join reasons on reasons.reason_code = coded.reason
    )

select *
from final
