with
    received as (select * from {{ ref("events") }} where activity = 'Goods Received'),
    posted as (select * from {{ ref("events") }} where activity = 'Receipt Posted'),
    as_of_clocks as (select * from {{ ref("as_of_clocks") }}),
    policies as (select * from {{ ref("stg_reference__policies") }}),

    waited as (
        select
            received.receipt_id as object_id,
            received.receipt_id,
            received.case_id,
            received.entity_id,
            received.event_at as detected_at,
            posted.event_at as posted_at,
            coalesce(posted.business_micros, as_of_clocks.as_of_micros) - received.business_micros as waited_micros,
            {{ policy_value("receipt_posting_hours") }} as limit_hours
        from received
        inner join as_of_clocks on as_of_clocks.entity_id = received.entity_id
        left join
            posted on posted.receipt_id = received.receipt_id
            {{ join_policy("receipt_posting_hours", "received.entity_id") }}
    ),

    found as (select * from waited where waited_micros > limit_hours * 3600000000)

    {{
        exception_rows(
            "late_receipt_posting",
            "receipt",
            {"business_hours": "waited_micros / 3600000000.0", "limit_hours": "cast(limit_hours as double)"},
            resolved_at="posted_at",
            receipt_id="receipt_id",
        )
    }}
