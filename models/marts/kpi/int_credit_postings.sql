{#- The first posting of an effective credit memo of each return, on both clocks. -#}
with
    credit_memos as (select * from {{ ref("credit_memos") }}),
    returns as (select * from {{ ref("returns") }}),
    business_days as (select * from {{ ref("business_days") }}),

    first_postings as (
        select return_id, min(posted_at) as posted_at
        from credit_memos
        where is_effective and return_id is not null
        group by return_id
    ),

    dated as (
        select
            first_postings.return_id,
            returns.entity_id,
            first_postings.posted_at,
            {{ local_date("first_postings.posted_at", "returns.time_zone") }} as posted_date
        from first_postings
        inner join returns on returns.return_id = first_postings.return_id
    ),

    final as (
        select dated.*, {{ business_micros("dated.posted_at", "business_days") }} as posted_micros
        from dated
        left join
            business_days on business_days.entity_id = dated.entity_id and business_days.local_date = dated.posted_date
    )

select *
from final
