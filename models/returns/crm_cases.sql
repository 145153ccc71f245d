with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_crm__cases") }}),
    rma_links as (select * from {{ ref("rma_links") }}),

    final as (
        select
            rows_.case_id as crm_case_id,
            rma_links.return_id,
            rows_.entity_id,
            rows_.opened_at,
            rows_.opened_precision,
            {{ known("closed_at") }} as closed_at,
            rows_.source_key
        from rows_
        inner join as_of on rows_.opened_at <= as_of.as_of_at
        left join
            rma_links
            on rma_links.entity_id = rows_.entity_id
            and rma_links.rma_key = {{ normalised_number("rows_.rma_number") }}
    )

select *
from final
