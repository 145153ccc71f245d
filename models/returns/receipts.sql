with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_wms__receipts") }}),
    sites as (select * from {{ ref("stg_wms__sites") }}),
    rma_links as (select * from {{ ref("rma_links") }}),
    return_lines as (select * from {{ ref("return_lines") }}),

    -- The first line of a return with the sku.
    sku_lines as (
        select return_id, sku, line_no
        from return_lines
        qualify row_number() over (partition by return_id, sku order by line_position) = 1
    ),

    final as (
        select
            rows_.receipt_id,
            rma_links.return_id,
            sku_lines.line_no,
            rows_.site_id,
            sites.entity_id,
            rows_.rma_number,
            rows_.sku,
            rows_.quantity,
            rows_.lpn,
            rows_.received_at,
            rows_.received_precision,
            rows_.received_by,
            rma_links.return_id is not null as is_matched,
            rows_.source_key
        from rows_
        inner join as_of on rows_.received_at <= as_of.as_of_at
        left join sites on sites.site_id = rows_.site_id
        left join
            rma_links
            on rma_links.entity_id = sites.entity_id
            and rma_links.rma_key = {{ normalised_number("rows_.rma_number") }}
        left join sku_lines on sku_lines.return_id = rma_links.return_id and sku_lines.sku = rows_.sku
    )

select *
from final
