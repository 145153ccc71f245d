with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__stock_postings") }}),
    receipts as (select * from {{ ref("receipts") }}),

    final as (
        select
            rows_.posting_id,
            rows_.receipt_id,
            receipts.return_id,
            receipts.line_no,
            rows_.stock_status,
            rows_.posted_at,
            rows_.posted_precision,
            rows_.posted_by,
            row_number() over of_receipt = 1 as is_first,
            lead(rows_.posting_id) over of_receipt is null as is_last,
            rows_.source_key
        from rows_
        inner join as_of on rows_.posted_at <= as_of.as_of_at
        inner join receipts on receipts.receipt_id = rows_.receipt_id
        window of_receipt as (partition by rows_.receipt_id order by rows_.posted_at, rows_.posting_id)
    )

select *
from final
