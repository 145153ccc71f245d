with
    versions as (select * from {{ source("raw", "tms__tracking_events") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.event_id,
            versions.entity_id,
            versions.rma_number,
            versions.event_type,
            {{ instant("occurred_at") }} as occurred_at,
            {{ precision("occurred_at") }} as occurred_precision,
            versions.carrier,
            {{ extract_row() }}
        from versions
        left join clocks on clocks.entity_id = versions.entity_id
    ),

    final as ({{ latest_version("stamped", "event_id") }})

select *
from final
