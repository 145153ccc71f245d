-- Without a given as-of instant, it is the greatest event time of the log; there is exactly one.
with
    as_of as (select * from {{ ref("as_of") }}),
    last_events as (select max(event_at) as last_event_at from {{ ref("events") }}),

    final as (
        select
            count(as_of.is_given) as instants,
            min(as_of.as_of_at) as as_of_at,
            min(last_events.last_event_at) as last_event_at,
            coalesce(bool_or(as_of.is_given), false) as is_given
        from last_events
        left join as_of on true
    )

select *
from final
where instants <> 1 or (not is_given and coalesce(as_of_at <> last_event_at, false))
