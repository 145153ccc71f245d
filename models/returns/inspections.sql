with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_wms__inspections") }}),
    receipts as (select * from {{ ref("receipts") }}),

    final as (
        select
            rows_.inspection_id,
            rows_.receipt_id,
            receipts.return_id,
            receipts.line_no,
            rows_.started_at,
            rows_.started_precision,
            {{ known("completed_at") }} as completed_at,
            rows_.completed_precision,
            rows_.inspected_by,
            rows_.condition_code,
            rows_.source_key
        from rows_
        inner join as_of on rows_.started_at <= as_of.as_of_at
        inner join receipts on receipts.receipt_id = rows_.receipt_id
    )

select *
from final
