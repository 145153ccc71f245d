with
    versions as (select * from {{ source("raw", "crm__case_events") }}),
    cases as (select * from {{ ref("stg_crm__cases") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.event_id,
            versions.case_id,
            versions.event_type,
            {{ instant("occurred_at") }} as occurred_at,
            {{ precision("occurred_at") }} as occurred_precision,
            versions.user_id,
            {{ extract_row() }}
        from versions
        left join cases on cases.case_id = versions.case_id
        left join clocks on clocks.entity_id = cases.entity_id
    ),

    final as ({{ latest_version("stamped", "event_id") }})

select *
from final
