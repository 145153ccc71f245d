with
    versions as (select * from {{ source("raw", "erp__suppliers") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.supplier_id,
            versions.name,
            versions.recovery_agreement,
            versions.claim_window_days,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on false
    ),

    final as ({{ latest_version("stamped", "supplier_id", "updated_at") }})

select *
from final
