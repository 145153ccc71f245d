with
    versions as (select * from {{ source("raw", "erp__return_status_changes") }}),
    returns as (select * from {{ ref("stg_erp__returns") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.change_id,
            versions.return_id,
            versions.from_status,
            versions.to_status,
            {{ instant("changed_at") }} as changed_at,
            {{ precision("changed_at") }} as changed_precision,
            versions.changed_by,
            {{ extract_row() }}
        from versions
        left join returns on returns.return_id = versions.return_id
        left join clocks on clocks.entity_id = returns.entity_id
    ),

    final as ({{ latest_version("stamped", "change_id") }})

select *
from final
