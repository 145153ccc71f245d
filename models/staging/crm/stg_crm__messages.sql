with
    versions as (select * from {{ source("raw", "crm__messages") }}),
    cases as (select * from {{ ref("stg_crm__cases") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),

    stamped as (
        select
            versions.message_id,
            versions.case_id,
            versions.direction,
            versions.message_type,
            {{ instant("sent_at") }} as sent_at,
            {{ precision("sent_at") }} as sent_precision,
            {{ extract_row() }}
        from versions
        left join cases on cases.case_id = versions.case_id
        left join clocks on clocks.entity_id = cases.entity_id
    ),

    final as ({{ latest_version("stamped", "message_id") }})

select *
from final
