-- Every case takes one variant, and the steps of the variants are all events.
with
    variants as (
        select
            coalesce(sum(cases), 0) as variant_cases,
            coalesce(
                sum(cases * (1 + (length(variant) - length(replace(variant, ' > ', ''))) / 3)), 0
            ) as variant_events
        from {{ ref("variants") }}
    ),

    cases as (select count(*) as cases, coalesce(sum(events), 0) as case_events from {{ ref("cases") }}),
    events as (select count(*) as events from {{ ref("events") }})

select *
from variants
cross join cases
cross join events
where variant_cases <> cases or variant_events <> events or case_events <> events
