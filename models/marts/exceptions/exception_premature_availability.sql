with
    receipts as (select * from {{ ref("receipts") }}),
    returns as (select * from {{ ref("returns") }}),
    products as (select * from {{ ref("stg_erp__products") }}),
    postings as (select * from {{ ref("stock_postings") }} where stock_status = 'available'),
    dispositions as (select * from {{ ref("dispositions") }}),

    first_available as (select receipt_id, min(posted_at) as posted_at from postings group by receipt_id),

    first_decisions as (
        select return_id, line_no, min(decided_at) as decided_at from dispositions group by return_id, line_no
    ),

    found as (
        select
            receipts.receipt_id as object_id,
            receipts.receipt_id,
            receipts.return_id as case_id,
            returns.entity_id,
            first_available.posted_at as detected_at,
            first_decisions.decided_at,
            {{ exact_product("receipts.quantity", "products.unit_cost") }} as stock_value,
            products.cost_currency
        from receipts
        inner join returns on returns.return_id = receipts.return_id
        inner join first_available on first_available.receipt_id = receipts.receipt_id
        left join
            first_decisions
            on first_decisions.return_id = receipts.return_id
            and first_decisions.line_no = receipts.line_no
        left join products on products.sku = receipts.sku
        where first_decisions.decided_at is null or first_available.posted_at < first_decisions.decided_at
    )

    {{
        exception_rows(
            "premature_availability",
            "receipt",
            {"first_decided_at": "decided_at"},
            resolved_at="decided_at",
            amount="stock_value",
            currency="cost_currency",
            receipt_id="receipt_id",
        )
    }}
