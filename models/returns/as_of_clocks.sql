{#- The as-of instant on the business clock of each entity. -#}
with
    as_of as (select * from {{ ref("as_of") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),
    business_days as (select * from {{ ref("business_days") }}),

    dated as (
        select clocks.entity_id, as_of.as_of_at, {{ local_date("as_of.as_of_at", "clocks.time_zone") }} as as_of_date
        from clocks
        cross join as_of
    ),

    final as (
        select
            dated.entity_id,
            dated.as_of_at,
            dated.as_of_date,
            {{ business_micros("dated.as_of_at", "business_days") }} as as_of_micros
        from dated
        left join
            business_days on business_days.entity_id = dated.entity_id and business_days.local_date = dated.as_of_date
    )

select *
from final
