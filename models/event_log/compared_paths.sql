{#- The minute within which events count as concurrent is that of mining.variants. A return whose events stand in the
    order of comparison already has the path of its work, written out once for all that have it; only the others, with
    events of one minute against the order of their activities, are put in order one by one. -#}
{% set minute = "60000000" %}
with
    cases as (select * from {{ ref("cases") }}),

    technical as (
        select activities.activity
        from {{ ref("activities") }} as activities
        inner join {{ ref("stages") }} as stages on stages.stage = activities.stage
        where stages.flow = 'technical'
        group by activities.activity
    ),

    ranks as (
        select activity, min(activity_rank) as lowest, max(activity_rank) as highest
        from {{ ref("events") }}
        group by activity
    ),

    unordered as (
        select work.case_id
        from {{ ref("work_events") }} as work
        inner join ranks on ranks.activity = work.activity
        inner join ranks as next_ranks on next_ranks.activity = work.next_activity
        where
            {{ micros_between("work.event_at", "work.next_event_at") }} <= {{ minute }}
            and (
                ranks.highest > next_ranks.lowest
                or (ranks.highest = next_ranks.lowest and work.activity > work.next_activity)
            )
        group by work.case_id
    ),

    unordered_events as (
        select events.* from {{ ref("events") }} as events inner join unordered on unordered.case_id = events.case_id
    ),

    reordered as ({{ normalised_paths("unordered_events", "unordered", "activity_rank", "technical", minute) }}),

    work_keys as ({{ path_keys(ref("work_events"), "case_position") }}),

    ordered as (
        select cases.case_id, work_keys.one_key, work_keys.other_key
        from cases
        left join work_keys on work_keys.case_id = cases.case_id
        left join unordered on unordered.case_id = cases.case_id
        where unordered.case_id is null
    ),

    written as (
        {{
            written_paths(
                "ordered",
                ref("work_events"),
                "case_position",
                kept="next_activity is null or next_activity <> activity",
            )
        }}
    ),

    final as (
        select case_id, variant_id, variant
        from reordered
        union all
        select ordered.case_id, md5(coalesce(written.variant, '')), coalesce(written.variant, '')
        from ordered
        left join written on written.one_key = ordered.one_key and written.other_key = ordered.other_key
    )

select *
from final
