with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__dispositions") }}),
    returns as (select * from {{ ref("returns") }}),
    code_map as (select * from {{ ref("stg_reference__code_map") }}),
    standard_dispositions as (select * from {{ ref("stg_reference__dispositions") }}),

    coded as (
        select
            rows_.disposition_id,
            rows_.return_id,
            rows_.line_no,
            rows_.quantity,
            rows_.disposition_code as source_disposition,
            {{ standard_code("rows_.disposition_code") }} as disposition,
            rows_.decided_at,
            rows_.decided_precision,
            rows_.decided_by,
            {{ known("executed_at") }} as executed_at,
            rows_.executed_precision,
            rows_.executed_by,
            rows_.recovered_value,
            rows_.currency,
            rows_.source_key
        from rows_
        inner join as_of on rows_.decided_at <= as_of.as_of_at
        inner join
            returns on returns.return_id = rows_.return_id
            {{ join_code_map("disposition", "returns.entity_id", "rows_.disposition_code") }}
    ),

    final as (
        select
            coded.*,
            standard_dispositions.executed_activity,
            coalesce(standard_dispositions.needs_receipt, true) as needs_receipt
        from coded
        left join standard_dispositions on standard_dispositions.disposition_code = coded.disposition
    )

select *
from final
