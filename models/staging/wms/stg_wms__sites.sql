with
    versions as (select * from {{ source("raw", "wms__sites") }}),

    named as (
        select versions.site_id, versions.entity_id, versions.time_zone, versions.name, {{ extract_row() }}
        from versions
    ),

    final as ({{ latest_version("named", "site_id") }})

select *
from final
