with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_crm__messages") }}),
    crm_cases as (select * from {{ ref("crm_cases") }}),

    final as (
        select
            rows_.message_id,
            rows_.case_id as crm_case_id,
            crm_cases.return_id,
            rows_.direction,
            rows_.message_type,
            rows_.sent_at,
            rows_.sent_precision,
            rows_.source_key
        from rows_
        inner join as_of on rows_.sent_at <= as_of.as_of_at
        inner join crm_cases on crm_cases.crm_case_id = rows_.case_id
    )

select *
from final
