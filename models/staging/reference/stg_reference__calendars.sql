with
    versions as (select * from {{ source("raw", "reference__calendars") }}),

    named as (
        select
            versions.calendar_id,
            versions.weekday,
            versions.open_time as opens_minute,
            versions.close_time as closes_minute,
            {{ extract_row() }}
        from versions
    ),

    final as ({{ latest_version("named", "calendar_id, weekday") }})

select *
from final
