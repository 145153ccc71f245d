with
    versions as (select * from {{ source("raw", "reference__fx_rates") }}),

    named as (select versions.currency, versions.month, versions.rate, {{ extract_row() }} from versions),

    final as ({{ latest_version("named", "currency, month") }})

select *
from final
