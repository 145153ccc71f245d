with
    versions as (select * from {{ source("raw", "erp__stock_postings") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.posting_id,
            versions.entity_id,
            versions.receipt_id,
            versions.stock_status,
            {{ instant("posted_at") }} as posted_at,
            {{ precision("posted_at") }} as posted_precision,
            versions.posted_by,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "posting_id") }})

select *
from final
