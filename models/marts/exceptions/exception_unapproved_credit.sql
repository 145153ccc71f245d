with
    credit_memos as (select * from {{ ref("credit_memos") }} where is_effective),
    clocks as (select * from {{ ref("entity_clocks") }}),
    policies as (select * from {{ ref("stg_reference__policies") }}),
    fx_rates as (select * from {{ ref("stg_reference__fx_rates") }}),

    dated as (
        select credit_memos.*, {{ local_date("credit_memos.posted_at", "clocks.time_zone") }} as posted_date
        from credit_memos
        left join clocks on clocks.entity_id = credit_memos.entity_id
    ),

    found as (
        select
            dated.credit_memo_id as object_id,
            dated.return_id as case_id,
            dated.entity_id,
            dated.posted_at as detected_at,
            dated.amount,
            dated.currency,
            dated.approved_at is not null as is_approved_by_creator,
            {{ policy_value("credit_approval_limit") }} as approval_limit
        from
            dated
            {{ join_rate("rates", "dated.currency", "dated.posted_date") }}
            {{ join_policy("credit_approval_limit", "dated.entity_id") }}
        where
            {{ reporting_amount("dated.amount", "rates.rate") }} > {{ policy_value("credit_approval_limit") }}
            and (dated.approved_at is null or dated.approved_by = dated.created_by)
    )

    {{
        exception_rows(
            "unapproved_credit",
            "credit_memo",
            {"approval_limit": "cast(approval_limit as double)", "is_approved_by_creator": "is_approved_by_creator"},
            amount="amount",
            currency="currency",
        )
    }}
