-- The line of a receipt is a line of its return with its sku.
with
    receipts as (select * from {{ ref("receipts") }} where line_no is not null),
    return_lines as (select * from {{ ref("return_lines") }})

select receipts.receipt_id, receipts.return_id, receipts.line_no, receipts.sku, return_lines.sku as line_sku
from receipts
left join return_lines on return_lines.return_id = receipts.return_id and return_lines.line_no = receipts.line_no
where return_lines.sku is null or return_lines.sku <> receipts.sku
