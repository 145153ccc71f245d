with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__credit_memos") }}),
    known_returns as (select * from {{ ref("int_returns_as_of") }}),

    final as (
        select
            rows_.credit_memo_id,
            known_returns.return_id,
            rows_.return_id as written_return_id,
            coalesce(known_returns.entity_id, rows_.entity_id) as entity_id,
            rows_.line_no,
            rows_.amount,
            rows_.currency,
            rows_.created_at,
            rows_.created_precision,
            rows_.created_by,
            {{ known("approved_at") }} as approved_at,
            rows_.approved_precision,
            rows_.approved_by,
            {{ known("posted_at") }} as posted_at,
            rows_.posted_precision,
            rows_.posted_by,
            rows_.gl_document,
            {{ known("cancelled_at") }} as cancelled_at,
            rows_.cancelled_precision,
            rows_.cancelled_by,
            {{ known("posted_at") }} is not null and {{ known("cancelled_at") }} is null as is_effective,
            rows_.source_key
        from rows_
        inner join as_of on rows_.created_at <= as_of.as_of_at
        left join known_returns on known_returns.return_id = rows_.return_id
        where not coalesce(known_returns.is_deleted, false)
    )

select *
from final
