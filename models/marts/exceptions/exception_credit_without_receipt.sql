with
    credit_memos as (select * from {{ ref("credit_memos") }} where is_effective and return_id is not null),
    receipts as (select * from {{ ref("receipts") }} where is_matched),
    dispositions as (select * from {{ ref("dispositions") }}),

    field_scrapped as (
        select return_id from dispositions group by return_id having max(case when needs_receipt then 1 else 0 end) = 0
    ),

    received as (
        select
            credit_memos.credit_memo_id,
            min(receipts.received_at) as first_received_at,
            min(
                case when receipts.received_at > credit_memos.posted_at then receipts.received_at end
            ) as received_later_at
        from credit_memos
        left join receipts on receipts.return_id = credit_memos.return_id
        group by credit_memos.credit_memo_id
    ),

    found as (
        select
            credit_memos.credit_memo_id as object_id,
            credit_memos.return_id as case_id,
            credit_memos.entity_id,
            credit_memos.posted_at as detected_at,
            received.received_later_at,
            credit_memos.amount,
            credit_memos.currency
        from credit_memos
        inner join received on received.credit_memo_id = credit_memos.credit_memo_id
        left join field_scrapped on field_scrapped.return_id = credit_memos.return_id
        where
            field_scrapped.return_id is null
            and (received.first_received_at is null or received.first_received_at > credit_memos.posted_at)
    )

    {{
        exception_rows(
            "credit_without_receipt",
            "credit_memo",
            {"amount": "cast(amount as double)", "currency": "currency"},
            resolved_at="received_later_at",
            amount="amount",
            currency="currency",
        )
    }}
