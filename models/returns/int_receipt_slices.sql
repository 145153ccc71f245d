{{ config(materialized="view") }}
{#- What a receipt is grouped by: its own site and its matched line's goods; `missing` without a line or a return. -#}
with
    receipts as (select * from {{ ref("receipts") }}),
    returns as (select * from {{ ref("returns") }}),
    return_lines as (select * from {{ ref("return_lines") }}),

    final as (
        select
            receipts.receipt_id,
            receipts.site_id as site,
            coalesce(returns.channel, 'missing') as channel,
            coalesce(return_lines.reason, 'missing') as reason,
            coalesce(return_lines.category, 'missing') as category,
            coalesce(return_lines.supplier_id, 'missing') as supplier
        from receipts
        left join returns on returns.return_id = receipts.return_id
        left join
            return_lines on return_lines.return_id = receipts.return_id and return_lines.line_no = receipts.line_no
    )

select *
from final
