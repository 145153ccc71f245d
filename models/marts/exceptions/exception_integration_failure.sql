with
    messages as (select * from {{ ref("integration_messages") }}),
    returns as (select * from {{ ref("returns") }}),

    last_attempts as (select * from messages where is_last_attempt and status in ('failed', 'dead')),

    first_failures as (
        select message_id, occurred_at
        from messages
        where status in ('failed', 'dead')
        qualify row_number() over (partition by message_id order by attempt) = 1
    ),

    found as (
        select
            last_attempts.message_id as object_id,
            last_attempts.return_id as case_id,
            coalesce(returns.entity_id, last_attempts.entity_id) as entity_id,
            first_failures.occurred_at as detected_at,
            last_attempts.interface,
            last_attempts.attempt,
            last_attempts.error_code
        from last_attempts
        inner join first_failures on first_failures.message_id = last_attempts.message_id
        left join returns on returns.return_id = last_attempts.return_id
    )

    {{
        exception_rows(
            "integration_failure",
            "message",
            {"interface": "interface", "attempts": "attempt", "error_code": "error_code"},
        )
    }}
