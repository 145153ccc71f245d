{#- What a return is grouped by: the site of its first matched receipt, its channel, and its first line's goods. -#}
with
    returns as (select * from {{ ref("returns") }}),
    receipts as (select * from {{ ref("receipts") }}),
    customers as (select * from {{ ref("stg_erp__customers") }}),
    return_lines as (select * from {{ ref("return_lines") }}),

    first_receipts as (
        select return_id, site_id
        from receipts
        where is_matched
        qualify row_number() over (partition by return_id order by received_at, receipt_id) = 1
    ),

    final as (
        select
            returns.return_id,
            coalesce(first_receipts.site_id, 'missing') as site,
            returns.channel,
            coalesce(return_lines.reason, 'missing') as reason,
            coalesce(return_lines.category, 'missing') as category,
            coalesce(return_lines.supplier_id, 'missing') as supplier,
            coalesce(customers.segment, 'missing') as segment
        from returns
        left join customers on customers.customer_id = returns.customer_id
        left join first_receipts on first_receipts.return_id = returns.return_id
        left join return_lines on return_lines.return_id = returns.return_id and return_lines.line_position = 1
    )

select *
from final
