with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__sales_order_lines") }}),

    final as (
        select rows_.order_id, rows_.line_no, rows_.entity_id, rows_.sku, rows_.quantity, rows_.ordered_at
        from rows_
        inner join as_of on rows_.ordered_at <= as_of.as_of_at
    )

select *
from final
