with
    credit_memos as (select * from {{ ref("credit_memos") }}),

    found as (
        select credit_memo_id as object_id, return_id as case_id, entity_id, posted_at as detected_at, amount, currency
        from credit_memos
        where is_effective and gl_document is null
    )

    {{
        exception_rows(
            "credit_without_gl",
            "credit_memo",
            {"amount": "cast(amount as double)", "currency": "currency"},
            amount="amount",
            currency="currency",
        )
    }}
