with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__supplier_claims") }}),
    returns as (select * from {{ ref("returns") }}),

    final as (
        select
            rows_.claim_id,
            rows_.return_id,
            rows_.line_no,
            rows_.supplier_id,
            rows_.claimed_amount,
            rows_.currency,
            rows_.created_at,
            rows_.created_precision,
            rows_.created_by,
            {{ known("submitted_at") }} as submitted_at,
            rows_.submitted_precision,
            rows_.submitted_by,
            {{ known("decided_at") }} as decided_at,
            rows_.decided_precision,
            rows_.decision,
            rows_.recovered_amount,
            {{ known("credited_at") }} as credited_at,
            rows_.credited_precision,
            rows_.source_key
        from rows_
        inner join as_of on rows_.created_at <= as_of.as_of_at
        inner join returns on returns.return_id = rows_.return_id
    )

select *
from final
