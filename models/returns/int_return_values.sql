{#- What a return is worth in the reporting currency: its lines at their prices, and the credit given so far. -#}
with
    returns as (select * from {{ ref("returns") }}),
    return_lines as (select * from {{ ref("return_lines") }}),
    credit_memos as (select * from {{ ref("credit_memos") }} where is_effective and return_id is not null),
    fx_rates as (select * from {{ ref("stg_reference__fx_rates") }}),
    value_bands as (select * from {{ ref("value_bands") }}),

    amounts as (
        select
            returns.return_id,
            'line' as kind,
            return_lines.line_value as amount,
            returns.currency,
            {{ local_date("returns.created_at", "returns.time_zone") }} as amount_date
        from return_lines
        inner join returns on returns.return_id = return_lines.return_id
        union all
        select
            returns.return_id,
            'credit' as kind,
            credit_memos.amount,
            credit_memos.currency,
            {{ local_date("credit_memos.posted_at", "returns.time_zone") }} as amount_date
        from credit_memos
        inner join returns on returns.return_id = credit_memos.return_id
    ),

    valued as (
        select amounts.return_id, amounts.kind, {{ reporting_amount("amounts.amount", "rates.rate") }} as value
        from amounts {{ join_rate("rates", "amounts.currency", "amounts.amount_date") }}
    ),

    totals as (
        select
            return_id,
            case
                when bool_and(kind <> 'line' or value is not null) then sum(case when kind = 'line' then value end)
            end as return_value,
            case
                when bool_and(kind <> 'credit' or value is not null)
                then coalesce(sum(case when kind = 'credit' then value end), 0)
            end as credit_value
        from valued
        group by return_id
    ),

    banded as (
        select totals.return_id, max_by(value_bands.value_band, value_bands.position) as value_band
        from totals
        inner join value_bands on value_bands.from_value <= totals.return_value
        group by totals.return_id
    ),

    final as (
        select
            returns.return_id,
            cast(totals.return_value as double) as return_value,
            cast(case when totals.return_id is null then 0 else totals.credit_value end as double) as credit_value,
            coalesce(banded.value_band, 'missing') as value_band
        from returns
        left join totals on totals.return_id = returns.return_id
        left join banded on banded.return_id = returns.return_id
    )

select *
from final
