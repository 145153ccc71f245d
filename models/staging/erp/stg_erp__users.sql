with
    versions as (select * from {{ source("raw", "erp__users") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.user_id,
            versions.department,
            versions.is_automation,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on false
    ),

    final as ({{ latest_version("stamped", "user_id", "updated_at") }})

select *
from final
