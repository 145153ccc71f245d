with
    versions as (select * from {{ source("raw", "reference__entities") }}),

    named as (
        select
            versions.entity_id,
            versions.name,
            versions.country,
            versions.time_zone,
            versions.currency,
            versions.calendar_id,
            {{ extract_row() }}
        from versions
    ),

    final as ({{ latest_version("named", "entity_id") }})

select *
from final
