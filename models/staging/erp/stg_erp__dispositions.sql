with
    versions as (select * from {{ source("raw", "erp__dispositions") }}),
    returns as (select * from {{ ref("stg_erp__returns") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.disposition_id,
            versions.return_id,
            versions.line_no,
            versions.quantity,
            versions.disposition_code,
            {{ instant("decided_at") }} as decided_at,
            {{ precision("decided_at") }} as decided_precision,
            versions.decided_by,
            {{ instant("executed_at") }} as executed_at,
            {{ precision("executed_at") }} as executed_precision,
            versions.executed_by,
            versions.recovered_value,
            versions.currency,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join returns on returns.return_id = versions.return_id
        left join clocks on clocks.entity_id = returns.entity_id
    ),

    final as ({{ latest_version("stamped", "disposition_id", "updated_at") }})

select *
from final
