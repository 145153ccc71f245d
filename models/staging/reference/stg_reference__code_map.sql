with
    versions as (select * from {{ source("raw", "reference__code_map") }}),

    named as (
        select versions.entity_id, versions.domain, versions.source_code, versions.standard_code, {{ extract_row() }}
        from versions
    ),

    final as ({{ latest_version("named", "entity_id, domain, source_code") }})

select *
from final
