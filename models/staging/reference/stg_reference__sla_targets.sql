with
    versions as (select * from {{ source("raw", "reference__sla_targets") }}),

    named as (
        select versions.obligation, versions.business_hours, versions.entity_id, {{ extract_row() }} from versions
    ),

    final as ({{ latest_version("named", "obligation, entity_id") }})

select *
from final
