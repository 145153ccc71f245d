with
    versions as (select * from {{ source("raw", "erp__customers") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.customer_id,
            versions.entity_id,
            versions.segment,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "customer_id", "updated_at") }})

select *
from final
