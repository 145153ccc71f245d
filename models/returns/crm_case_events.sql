with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_crm__case_events") }}),
    crm_cases as (select * from {{ ref("crm_cases") }}),

    final as (
        select
            rows_.event_id as case_event_id,
            rows_.case_id as crm_case_id,
            crm_cases.return_id,
            rows_.event_type,
            rows_.occurred_at,
            rows_.occurred_precision,
            rows_.user_id,
            rows_.source_key
        from rows_
        inner join as_of on rows_.occurred_at <= as_of.as_of_at
        inner join crm_cases on crm_cases.crm_case_id = rows_.case_id
    )

select *
from final
