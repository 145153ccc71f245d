{#- The time of each return from request to its end, cut at the milestones. A milestone that comes before an earlier one
    stands where that one stands, and one after the end stands at the end, so that the segments always add up. -#}
with
    milestones as (select * from {{ ref("milestones") }}),
    events as (select * from {{ ref("events") }}),
    cases as (select * from {{ ref("cases") }}),
    void_memos as (select * from {{ ref("credit_memos") }} where not is_effective),
    as_of as (select * from {{ ref("as_of") }}),
    clocks as (select * from {{ ref("as_of_clocks") }}),
    last_milestone as (select max(position) as position from milestones),

    reached as (
        select
            events.case_id,
            milestones.position,
            min(events.event_at) as reached_at,
            min(events.business_micros) as reached_micros
        from events
        inner join milestones on milestones.activity = events.activity
        inner join last_milestone on last_milestone.position > milestones.position
        left join void_memos on void_memos.source_key = events.source_key and events.source_table = 'credit_memos'
        where void_memos.source_key is null
        group by events.case_id, milestones.position
    ),

    called_off as (
        select case_id, max(event_at) as called_off_at, max(business_micros) as called_off_micros
        from events
        where activity in ('Return Declined', 'Return Cancelled')
        group by case_id
    ),

    furthest as (select case_id, max(position) as position from reached group by case_id),

    ends as (
        select
            cases.case_id,
            cases.requested_at,
            cases.requested_micros,
            cases.is_open,
            called_off.case_id is not null as is_cut_short,
            case
                when cases.is_open then as_of.as_of_at else coalesce(called_off.called_off_at, cases.closed_at)
            end as end_at,
            case
                when cases.is_open
                then clocks.as_of_micros
                when called_off.case_id is not null
                then called_off.called_off_micros
                else cases.closed_micros
            end as end_micros
        from cases
        cross join as_of
        left join clocks on clocks.entity_id = cases.entity_id
        left join called_off on called_off.case_id = cases.case_id
    ),

    spans as (
        select
            ends.case_id,
            ends.requested_at,
            ends.requested_micros,
            ends.is_open,
            ends.is_cut_short,
            case
                when ends.is_open or ends.is_cut_short
                then coalesce(furthest.position, 0) + 1
                else last_milestone.position
            end as end_position,
            greatest(ends.end_at, ends.requested_at) as end_at,
            greatest(ends.end_micros, ends.requested_micros) as end_micros
        from ends
        cross join last_milestone
        left join furthest on furthest.case_id = ends.case_id
    ),

    stops as (
        select case_id, position, reached_at, reached_micros, false as is_end
        from reached
        union all
        select case_id, end_position, end_at, end_micros, true
        from spans
    ),

    ordered as (
        select
            *,
            max(reached_at) over milestones_before as latest_at,
            max(reached_micros) over milestones_before as latest_micros
        from stops
        window
            milestones_before as (
                partition by case_id order by position rows between unbounded preceding and 1 preceding
            )
    ),

    placed as (
        select
            ordered.case_id,
            ordered.position,
            ordered.reached_at,
            least(greatest(latest_at, requested_at), end_at) as started_at,
            least(greatest(latest_at, requested_at, reached_at), end_at) as ended_at,
            least(greatest(latest_micros, requested_micros), end_micros) as started_micros,
            least(greatest(latest_micros, requested_micros, reached_micros), end_micros) as ended_micros,
            ordered.is_end and spans.is_open as is_running,
            ordered.is_end and spans.is_cut_short as is_cut_short
        from ordered
        inner join spans on spans.case_id = ordered.case_id
    ),

    final as (
        select
            placed.case_id,
            milestones.position,
            milestones.segment,
            placed.started_at,
            placed.ended_at,
            {{ micros_between("placed.started_at", "placed.ended_at") }} as elapsed_micros,
            placed.ended_micros - placed.started_micros as business_micros,
            placed.is_running,
            placed.is_cut_short,
            placed.reached_at <> placed.ended_at as is_out_of_order
        from placed
        inner join milestones on milestones.position = placed.position
    )

select *
from final
