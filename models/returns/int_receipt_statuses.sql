{#- Each receipt with its last stock status in either system. -#}
with
    receipts as (select * from {{ ref("receipts") }}),
    postings as (select * from {{ ref("stock_postings") }} where is_last),
    moves as (select * from {{ ref("stock_moves") }} where is_last),

    final as (
        select
            receipts.*,
            postings.stock_status as erp_status,
            postings.posted_at as erp_status_at,
            moves.stock_status as wms_status,
            moves.moved_at as wms_status_at
        from receipts
        left join postings on postings.receipt_id = receipts.receipt_id
        left join moves on moves.receipt_id = receipts.receipt_id
    )

select *
from final
