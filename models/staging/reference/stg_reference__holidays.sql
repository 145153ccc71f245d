with
    versions as (select * from {{ source("raw", "reference__holidays") }}),

    named as (select versions.calendar_id, versions.holiday_date, versions.name, {{ extract_row() }} from versions),

    final as ({{ latest_version("named", "calendar_id, holiday_date") }})

select *
from final
