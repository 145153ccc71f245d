with
    versions as (select * from {{ source("raw", "reference__reasons") }}),

    named as (
        select
            versions.reason_code,
            versions.responsibility,
            versions.supplier_liable,
            versions.description,
            {{ extract_row() }}
        from versions
    ),

    final as ({{ latest_version("named", "reason_code") }})

select *
from final
