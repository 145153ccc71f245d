with
    credit_memos as (select * from {{ ref("credit_memos") }}),

    found as (
        select
            credit_memo_id as object_id,
            return_id as case_id,
            entity_id,
            created_at as detected_at,
            written_return_id,
            amount,
            currency
        from credit_memos
        where return_id is null and cancelled_at is null
    )

    {{
        exception_rows(
            "unlinked_credit", "credit_memo", {"return_id": "written_return_id"}, amount="amount", currency="currency"
        )
    }}
