with
    versions as (select * from {{ source("raw", "reference__dispositions") }}),

    named as (
        select
            versions.disposition_code,
            versions.executed_activity,
            versions.needs_receipt,
            versions.description,
            {{ extract_row() }}
        from versions
    ),

    final as ({{ latest_version("named", "disposition_code") }})

select *
from final
