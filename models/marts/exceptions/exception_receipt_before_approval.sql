with
    receipts as (select * from {{ ref("receipts") }}),
    cases as (select * from {{ ref("cases") }}),

    found as (
        select
            receipts.receipt_id as object_id,
            receipts.receipt_id,
            cases.case_id,
            cases.entity_id,
            receipts.received_at as detected_at,
            cases.approved_at
        from receipts
        inner join cases on cases.case_id = receipts.return_id
        where cases.approved_at is null or receipts.received_at < cases.approved_at
    )

    {{
        exception_rows(
            "receipt_before_approval",
            "receipt",
            {"first_approved_at": "approved_at"},
            resolved_at="approved_at",
            receipt_id="receipt_id",
        )
    }}
