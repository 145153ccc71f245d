{#- When cases begin and when the last event is: all that a window of a replay is cut from. -#}
{% macro replay_bounds(events, cases) -%}
    select min(started_at) as first_start, max(started_at) as last_start, max(ended_at) as last_end from {{ cases }}
{%- endmacro %}

{#- The cases in progress between $start and $end, at most $most of them by the MD5 of their ids, and how many there
    are. Text orders by its bytes, so that every engine chooses the same ones. -#}
{% macro replay_sample(events, cases) -%}
    with
        running as (
            select
                case_id, md5(case_id) as lot, time_zone, started_at, case when not is_open then ended_at end as left_at
            from {{ cases }}
            where started_at <= $end and (is_open or ended_at >= $start)
        )

    select case_id, time_zone, started_at, left_at, count(*) over () as running
    from running
    order by lot, case_id
    limit $most
{%- endmacro %}

{#- The events of the cases in the list $sample, in their order. -#}
{% macro replay_events(events, cases) -%}
    select case_id, activity, event_at
    from {{ events }} as log_events
    where list_contains($sample, case_id)
    order by case_id, case_position
{%- endmacro %}

{#- Spans in which cases of the list $sample are over the target of the segment they are in, by the business clock of
    their entity. `days` has one row per entity and local date: opens_at (UTC), open_micros, open_micros_before. -#}
{% macro replay_overdue(events, cases, segments, milestones, days) -%}
    with
        days as (select * from {{ days }}),

        slow as (
            select
                parts.case_id,
                parts.started_at,
                parts.ended_at,
                log_cases.entity_id,
                {{ local_date("parts.started_at", "log_cases.time_zone") }} as local_date,
                cast(milestones.target_business_hours * {{ micros_per_hour() }} as bigint) as target_micros
            from {{ segments }} as parts
            inner join {{ cases }} as log_cases on log_cases.case_id = parts.case_id
            inner join {{ milestones }} as milestones on milestones.segment = parts.segment
            where
                list_contains($sample, parts.case_id)
                and parts.business_micros > milestones.target_business_hours * {{ micros_per_hour() }}
        ),

        due as (
            select slow.*, {{ business_micros("slow.started_at", "days") }} + slow.target_micros as due_micros
            from slow
            inner join days on days.entity_id = slow.entity_id and days.local_date = slow.local_date
        )

    select
        due.case_id,
        {{ add_micros("days.opens_at", "due.due_micros - days.open_micros_before") }} as overdue_at,
        due.ended_at
    from due
    inner join
        days
        on days.entity_id = due.entity_id
        and days.open_micros_before < due.due_micros
        and days.open_micros_before + days.open_micros >= due.due_micros
    order by due.case_id, overdue_at
{%- endmacro %}
