with
    versions as (select * from {{ source("raw", "reference__kpi_targets") }}),

    named as (
        select versions.kpi, versions.entity_id, versions.target, versions.better, {{ extract_row() }} from versions
    ),

    final as ({{ latest_version("named", "kpi, entity_id") }})

select *
from final
