{{ config(materialized="view") }}
with
    final as (
        select 'return' as object_type, return_id as object_id, return_id as case_id
        from {{ ref("returns") }}
        union all
        select 'return_line', return_id || '-' || line_no, return_id
        from {{ ref("return_lines") }}
        union all
        select 'receipt', receipt_id, return_id
        from {{ ref("receipts") }}
        where is_matched
        union all
        select 'credit_memo', credit_memo_id, return_id
        from {{ ref("credit_memos") }}
        where return_id is not null
        union all
        select 'replacement_order', replacement_id, return_id
        from {{ ref("replacement_orders") }}
        where return_id is not null
        union all
        select 'supplier_claim', claim_id, return_id
        from {{ ref("supplier_claims") }}
        union all
        select 'crm_case', crm_case_id, return_id
        from {{ ref("crm_cases") }}
        where return_id is not null
    )

select *
from final
