-- The events of work are the events of the log that are no messages, each with the next of them: one less than there
-- are
-- in each return, and the time between the first and the last.
with
    technical as (
        select activities.activity
        from {{ ref("activities") }} as activities
        inner join {{ ref("stages") }} as stages on stages.stage = activities.stage
        where stages.flow = 'technical'
        group by activities.activity
    ),

    expected as (
        select
            events.case_id,
            count(*) as events,
            {{ micros_between("min(events.event_at)", "max(events.event_at)") }} as micros
        from {{ ref("events") }} as events
        left join technical on technical.activity = events.activity
        where technical.activity is null
        group by events.case_id
    ),

    found as (
        select
            case_id,
            count(*) as events,
            count(next_activity) as steps,
            coalesce(sum({{ micros_between("event_at", "next_event_at") }}), 0) as micros
        from {{ ref("work_events") }}
        group by case_id
    )

select coalesce(expected.case_id, found.case_id) as case_id, expected.events, found.events as found_events
from expected
full join found on found.case_id = expected.case_id
where
    found.events is distinct from expected.events
    or found.steps is distinct from expected.events - 1
    or found.micros is distinct from expected.micros
