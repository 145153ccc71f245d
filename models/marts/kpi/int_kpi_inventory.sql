{{ config(materialized="view") }}
{#- Matched receipts on hand as of the as-of instant: does the ERP know the stock status that the WMS has? No period. -#}
with
    receipts as (select * from {{ ref("int_receipt_statuses") }}),
    slices as (select * from {{ ref("int_receipt_slices") }}),

    on_hand as (
        select
            receipts.receipt_id as item_id,
            receipts.return_id as case_id,
            receipts.entity_id,
            cast(null as timestamp) as anchor_at,
            cast(null as date) as anchor_date,
            receipts.quantity,
            coalesce(receipts.erp_status, '') = coalesce(receipts.wms_status, '') as is_equal,
            slices.site,
            slices.channel,
            slices.reason,
            slices.category,
            slices.supplier
        from receipts
        inner join slices on slices.receipt_id = receipts.receipt_id
        where
            receipts.is_matched
            and coalesce(receipts.wms_status, '') not in ('scrapped', 'returned_to_vendor', 'returned_to_customer')
    )

    {{
        kpi_items(
            "on_hand",
            "inventory_status_accuracy",
            "receipt",
            numerator="case when is_equal then quantity else 0 end",
            denominator="quantity",
        )
    }}
