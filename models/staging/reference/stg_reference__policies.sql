with
    versions as (select * from {{ source("raw", "reference__policies") }}),

    named as (select versions.entity_id, versions.policy, versions.value, {{ extract_row() }} from versions),

    final as ({{ latest_version("named", "entity_id, policy") }})

select *
from final
