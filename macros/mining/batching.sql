{#- Events of $activity, or of all where it is null, with an exact time: who did them (the system where nobody is named),
    and the slot of `$slot_micros` of each. -#}
{% macro slotted_events(events, cases) -%}
    select
        events.case_id,
        events.activity,
        coalesce(events.resource, events.source_system, 'Unknown') as actor,
        coalesce(events.is_automation, false) or events.resource is null as is_system,
        events.event_at,
        cast(
            floor({{ micros_between("cast('1970-01-01' as timestamp)", "events.event_at") }} / $slot_micros) as bigint
        ) as slot
    from {{ events }} as events
    where events.ts_precision = 'second' and events.activity = coalesce($activity, events.activity)
{%- endmacro %}

{#- Batches: slots in which one actor did one activity for at least `$least` cases, the largest first. -#}
{% macro batches(events, cases) -%}
    with
        slotted as ({{ slotted_events(events, cases) }}),

        crowded as (select activity, actor, slot from slotted group by activity, actor, slot having count(*) >= $least)

    select
        slotted.activity,
        slotted.actor,
        bool_and(slotted.is_system) as is_system,
        min(slotted.event_at) as first_at,
        max(slotted.event_at) as last_at,
        count(*) as events,
        count(distinct slotted.case_id) as cases
    from slotted
    inner join
        crowded on crowded.activity = slotted.activity and crowded.actor = slotted.actor and crowded.slot = slotted.slot
    group by slotted.activity, slotted.actor, slotted.slot
    having count(distinct slotted.case_id) >= $least
{%- endmacro %}

{#- What is done in batches: of each activity the events in batches, and how many batches of people and systems. -#}
{% macro batched_activities(events, cases) -%}
    with
        batches as ({{ batches(events, cases) }}),
        totals as (select activity, count(*) as events from {{ events }} group by activity),

        of_activities as (
            select
                activity,
                count(*) as batches,
                count(case when is_system then 1 end) as system_batches,
                cast(sum(events) as bigint) as batched,
                max(cases) as most_cases
            from batches
            group by activity
        )

    select
        of_activities.activity,
        totals.events,
        of_activities.batched,
        cast(of_activities.batched as double) / totals.events as share,
        of_activities.batches,
        of_activities.system_batches,
        of_activities.most_cases
    from of_activities
    inner join totals on totals.activity = of_activities.activity
    order by share desc, of_activities.activity
{%- endmacro %}

{% macro largest_batches(events, cases) -%}
    select activity, actor, is_system, first_at, last_at, events, cases
    from ({{ batches(events, cases) }}) as batches
    order by cases desc, events desc, activity, actor, first_at
    limit $most
{%- endmacro %}

{#- Events by activity, entity, local weekday (1 = Monday) and local hour, null for stamps that are only dates. Quarters
    of an hour are counted first, for all time zones differ by whole ones and few are to be converted. -#}
{% macro week_profile(events, cases, entity=none, time_zone=none) -%}
    with
        quarters as (
            select
                events.activity,
                {{ "log_cases." ~ entity if entity else "cast(null as varchar)" }} as entity_id,
                {{ "coalesce(log_cases." ~ time_zone ~ ", 'UTC')" if time_zone else "'UTC'" }} as time_zone,
                events.ts_precision = 'day' as is_date,
                cast(
                    floor(
                        {{ micros_between("cast('1970-01-01' as timestamp)", "events.event_at") }} / 900000000
                    ) as bigint
                ) as quarter,
                count(*) as events
            from {{ events }} as events
            inner join {{ cases }} as log_cases on log_cases.case_id = events.case_id
            group by all
        ),

        placed as (
            select
                *,
                {{ utc_to_local(add_micros("cast('1970-01-01' as timestamp)", "quarter * 900000000"), "time_zone") }}
                as local_at
            from quarters
        )

    select
        activity,
        entity_id,
        {{ iso_weekday("cast(local_at as date)") }} as weekday,
        case when not is_date then extract(hour from local_at) end as hour,
        cast(sum(events) as bigint) as events
    from placed
    group by all
    order by activity, entity_id nulls first, weekday, hour nulls first
{%- endmacro %}

{#- Working days of each entity of the cases within the local dates of its log: by weekday, the local minute of the day at which
    they open and the open minutes, how many there are. -#}
{% macro open_days(events, cases) -%}
    with
        spans as (
            select
                log_cases.entity_id,
                log_cases.time_zone,
                min({{ local_date("log_cases.started_at", "log_cases.time_zone") }}) as first_date,
                max({{ local_date("log_cases.ended_at", "log_cases.time_zone") }}) as last_date
            from {{ cases }} as log_cases
            group by log_cases.entity_id, log_cases.time_zone
        ),

        opened as (
            select
                spans.entity_id,
                {{ iso_weekday("days.local_date") }} as weekday,
                {{ utc_to_local("days.opens_at", "spans.time_zone") }} as opens_local,
                days.open_micros
            from spans
            inner join
                staging.business_days as days
                on days.entity_id = spans.entity_id
                and days.local_date between spans.first_date and spans.last_date
            where days.open_micros > 0
        )

    select
        entity_id,
        weekday,
        cast(extract(hour from opens_local) * 60 + extract(minute from opens_local) as integer) as opens_minute,
        cast(open_micros / 60000000 as integer) as open_minutes,
        count(*) as days
    from opened
    group by all
    order by entity_id, weekday, opens_minute, open_minutes
{%- endmacro %}
