with
    cases as (select * from {{ ref("cases") }} where is_open),
    policies as (select * from {{ ref("stg_reference__policies") }}),
    as_of as (select * from {{ ref("as_of") }}),

    aged as (
        select
            cases.case_id,
            cases.entity_id,
            cases.ended_at,
            {{ add_seconds("cases.ended_at", "cast(" ~ policy_value("stale_days") ~ " as double) * 86400") }}
            as stale_at
        from cases {{ join_policy("stale_days", "cases.entity_id") }}
    ),

    found as (
        select aged.case_id as object_id, aged.case_id, aged.entity_id, aged.stale_at as detected_at, aged.ended_at
        from aged
        inner join as_of on aged.stale_at < as_of.as_of_at
    )

    {{ exception_rows("stale_return", "return", {"last_event_at": "ended_at"}) }}
