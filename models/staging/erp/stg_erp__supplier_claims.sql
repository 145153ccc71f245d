with
    versions as (select * from {{ source("raw", "erp__supplier_claims") }}),
    returns as (select * from {{ ref("stg_erp__returns") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.claim_id,
            versions.return_id,
            versions.line_no,
            versions.supplier_id,
            versions.claimed_amount,
            versions.currency,
            {{ instant("created_at") }} as created_at,
            {{ precision("created_at") }} as created_precision,
            versions.created_by,
            {{ instant("submitted_at") }} as submitted_at,
            {{ precision("submitted_at") }} as submitted_precision,
            versions.submitted_by,
            {{ instant("decided_at") }} as decided_at,
            {{ precision("decided_at") }} as decided_precision,
            versions.decision,
            versions.recovered_amount,
            {{ instant("credited_at") }} as credited_at,
            {{ precision("credited_at") }} as credited_precision,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join returns on returns.return_id = versions.return_id
        left join clocks on clocks.entity_id = returns.entity_id
    ),

    final as ({{ latest_version("stamped", "claim_id", "updated_at") }})

select *
from final
