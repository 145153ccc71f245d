with
    credit_memos as (select * from {{ ref("credit_memos") }} where is_effective and return_id is not null),
    return_lines as (select * from {{ ref("return_lines") }}),
    returns as (select * from {{ ref("returns") }}),
    fx_rates as (select * from {{ ref("stg_reference__fx_rates") }}),

    line_values as (select return_id, sum(line_value) as line_value from return_lines group by return_id),

    dated as (
        select
            credit_memos.credit_memo_id,
            credit_memos.return_id,
            returns.entity_id,
            returns.currency,
            credit_memos.currency as memo_currency,
            credit_memos.amount,
            credit_memos.posted_at,
            {{ local_date("credit_memos.posted_at", "returns.time_zone") }} as posted_date
        from credit_memos
        inner join returns on returns.return_id = credit_memos.return_id
    ),

    -- Memos in another currency are brought to the return's by the rates of their posting month.
    converted as (
        select
            dated.*,
            cast(
                case
                    when dated.memo_currency = dated.currency
                    then dated.amount
                    else cast(dated.amount * memo_rates.rate as double) / nullif(cast(return_rates.rate as double), 0)
                end as decimal(38, 12)
            ) as return_amount
        from
            dated
            {{ join_rate("memo_rates", "dated.memo_currency", "dated.posted_date") }}
            {{ join_rate("return_rates", "dated.currency", "dated.posted_date") }}
    ),

    credited as (
        select
            converted.*,
            coalesce(line_values.line_value, 0) as line_value,
            sum(converted.return_amount) over (
                partition by converted.return_id
                order by converted.posted_at, converted.credit_memo_id
                rows between unbounded preceding and current row
            ) as credited_so_far,
            sum(converted.return_amount) over (partition by converted.return_id) as credited
        from converted
        left join line_values on line_values.return_id = converted.return_id
    ),

    found as (
        select
            return_id as object_id,
            return_id as case_id,
            entity_id,
            currency,
            credited - line_value as excess,
            line_value,
            credited,
            min(posted_at) as detected_at
        from credited
        where credited_so_far > line_value + 0.01
        group by return_id, entity_id, currency, line_value, credited
    )

    {{
        exception_rows(
            "excess_credit",
            "return",
            {
                "credited": "cast(credited as double)",
                "line_value": "cast(line_value as double)",
                "currency": "currency",
            },
            amount="excess",
            currency="currency",
        )
    }}
