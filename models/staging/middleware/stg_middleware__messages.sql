with
    versions as (select * from {{ source("raw", "middleware__messages") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.message_id,
            versions.attempt,
            versions.interface,
            versions.entity_id,
            versions.rma_number,
            versions.status,
            {{ instant("occurred_at") }} as occurred_at,
            {{ precision("occurred_at") }} as occurred_precision,
            versions.error_code,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "message_id, attempt") }})

select *
from final
