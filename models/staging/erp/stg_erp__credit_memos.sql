with
    versions as (select * from {{ source("raw", "erp__credit_memos") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.credit_memo_id,
            versions.entity_id,
            versions.return_id,
            versions.line_no,
            versions.amount,
            versions.currency,
            {{ instant("created_at") }} as created_at,
            {{ precision("created_at") }} as created_precision,
            versions.created_by,
            {{ instant("approved_at") }} as approved_at,
            {{ precision("approved_at") }} as approved_precision,
            versions.approved_by,
            {{ instant("posted_at") }} as posted_at,
            {{ precision("posted_at") }} as posted_precision,
            versions.posted_by,
            versions.gl_document,
            {{ instant("cancelled_at") }} as cancelled_at,
            {{ precision("cancelled_at") }} as cancelled_precision,
            versions.cancelled_by,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "credit_memo_id", "updated_at") }})

select *
from final
