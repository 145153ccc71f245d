with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_wms__stock_moves") }}),
    receipts as (select * from {{ ref("receipts") }}),

    final as (
        select
            rows_.move_id,
            rows_.receipt_id,
            receipts.return_id,
            rows_.stock_status,
            rows_.moved_at,
            rows_.moved_by,
            row_number() over (partition by rows_.receipt_id order by rows_.moved_at desc, rows_.move_id desc)
            = 1 as is_last
        from rows_
        inner join as_of on rows_.moved_at <= as_of.as_of_at
        inner join receipts on receipts.receipt_id = rows_.receipt_id
    )

select *
from final
