{#- The stamps that each return of a comparison has within the follow-up, and of which it has but the date; one row per
    return and stamp. -#}
{% macro proof_stamp_marks(compared) -%}
    with
        followed as (
            select log_events.case_id, log_events.activity, log_events.ts_precision
            from event_log.events as log_events
            inner join {{ compared }} as compared on compared.case_id = log_events.case_id
            where
                compared.standing = 'compared'
                and {{ micros_between("compared.requested_at", "log_events.event_at") }} < $horizon_days * 86400e6
        )

    select case_id, 'stamp' as kind, activity as name, '' as next_name
    from followed
    group by case_id, activity
    union all
    select case_id, 'date only', activity, ''
    from followed
    where ts_precision = 'day'
    group by case_id, activity
{%- endmacro %}

{#- The values of $kpi by side, cluster and week, and how many of them belong to a return with a stamp of $activity that
    is a date only. -#}
{% macro proof_stamped_items(items) -%}
    with
        dated as (
            select case_id from event_log.events where activity = $activity and ts_precision = 'day' group by case_id
        )

    select
        items.side,
        items.cluster_no,
        items.week_no as fold_no,
        count(*) as n,
        0 as left_out,
        0 as lacking,
        cast(sum(items.value) as double) as total,
        count(dated.case_id) as dated
    from {{ items }} as items
    left join dated on dated.case_id = items.case_id
    where items.kpi = $kpi and items.value is not null
    group by items.side, items.cluster_no, items.week_no
    order by items.side, items.cluster_no, items.week_no
{%- endmacro %}

{#- Cycle times from the first stamp of $activity to the close, in business days, of the returns that have that stamp. -#}
{% macro proof_other_starts(items) -%}
    with
        starts as (
            select case_id, min(business_micros) as start_micros
            from event_log.events
            where activity = $activity
            group by case_id
        )

    select
        items.side,
        items.cluster_no,
        items.week_no as fold_no,
        count(*) as n,
        0 as left_out,
        0 as lacking,
        {{ proof_sum("greatest(cases.closed_micros - starts.start_micros, 0) / (cases.standard_day_seconds * 1e6)") }}
        as total
    from {{ items }} as items
    inner join event_log.cases as cases on cases.case_id = items.case_id
    inner join starts on starts.case_id = items.case_id
    where items.kpi = 'cycle_time_days' and items.value is not null
    group by items.side, items.cluster_no, items.week_no
    order by items.side, items.cluster_no, items.week_no
{%- endmacro %}
