with
    receipts as (select * from {{ ref("int_receipt_statuses") }}),
    returns as (select * from {{ ref("returns") }}),
    products as (select * from {{ ref("stg_erp__products") }}),
    policies as (select * from {{ ref("stg_reference__policies") }}),
    as_of as (select * from {{ ref("as_of") }}),

    found as (
        select
            receipts.receipt_id as object_id,
            receipts.receipt_id,
            receipts.return_id as case_id,
            returns.entity_id,
            receipts.wms_status_at as detected_at,
            receipts.erp_status,
            receipts.wms_status,
            {{ exact_product("receipts.quantity", "products.unit_cost") }} as stock_value,
            products.cost_currency
        from receipts
        inner join returns on returns.return_id = receipts.return_id
        left join products on products.sku = receipts.sku
        cross join as_of {{ join_policy("status_sync_hours", "returns.entity_id") }}
        where
            receipts.wms_status <> coalesce(receipts.erp_status, '')
            and {{
                add_seconds(
                    "receipts.wms_status_at", "cast(" ~ policy_value("status_sync_hours") ~ " as double) * 3600"
                )
            }} < as_of.as_of_at
    )

    {{
        exception_rows(
            "stock_status_mismatch",
            "receipt",
            {"erp_status": "erp_status", "wms_status": "wms_status"},
            amount="stock_value",
            currency="cost_currency",
            receipt_id="receipt_id",
        )
    }}
