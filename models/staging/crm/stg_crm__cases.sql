with
    versions as (select * from {{ source("raw", "crm__cases") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.case_id,
            versions.entity_id,
            versions.customer_id,
            versions.rma_number,
            versions.channel,
            {{ instant("opened_at") }} as opened_at,
            {{ precision("opened_at") }} as opened_precision,
            {{ instant("closed_at") }} as closed_at,
            {{ precision("closed_at") }} as closed_precision,
            versions.owner,
            {{ instant("updated_at") }} as updated_at,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "case_id", "updated_at") }})

select *
from final
