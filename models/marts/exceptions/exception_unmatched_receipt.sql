with
    receipts as (select * from {{ ref("receipts") }}),

    found as (
        select
            receipt_id as object_id,
            receipt_id,
            cast(null as string) as case_id,
            entity_id,
            received_at as detected_at,
            rma_number,
            site_id
        from receipts
        where not is_matched
    )

    {{
        exception_rows(
            "unmatched_receipt",
            "receipt",
            {"rma_number": "rma_number", "site_id": "site_id"},
            receipt_id="receipt_id",
        )
    }}
