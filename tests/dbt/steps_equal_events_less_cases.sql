-- Every event but the last of each case is directly followed by one other, in the map as in the log.
with
    edges as (select coalesce(sum(frequency), 0) as steps from {{ ref("edges") }}),
    events as (select count(*) as events from {{ ref("events") }}),
    cases as (select count(*) as cases from {{ ref("cases") }})

select edges.steps, events.events, cases.cases
from edges
cross join events
cross join cases
where edges.steps <> events.events - cases.cases
