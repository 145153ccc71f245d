{#- Stamps by activity and source: how many are only dates, how many name nobody, how many are followed within the case
    by an event of the same instant. -#}
{% macro stamp_quality(events, cases) -%}
    select
        activity,
        coalesce(source_system, 'Unknown') as source_system,
        count(*) as events,
        count(case when ts_precision = 'day' then 1 end) as dates,
        count(case when resource is null then 1 end) as without_resource,
        count(next_activity) as followed,
        count(case when next_event_at = event_at then 1 end) as same_instant
    from {{ events }}
    group by activity, coalesce(source_system, 'Unknown')
    order by activity, source_system
{%- endmacro %}

{#- Directly-follows pairs whose order cannot be decided: both at one instant, or one of them only a date and both on
    that local day. The pairs with the most of them first. -#}
{% macro undecidable_pairs(events, cases, time_zone=none) -%}
    {%- set zone = "log_cases." ~ time_zone if time_zone else "'UTC'" %}
    with
        dates as (select case_id, case_position from {{ events }} where ts_precision = 'day'),

        pairs as (
            select
                earlier.case_id,
                earlier.activity,
                earlier.next_activity,
                earlier.event_at,
                earlier.next_event_at,
                earlier.ts_precision = 'day' or dates.case_id is not null as is_dated
            from {{ events }} as earlier
            left join dates on dates.case_id = earlier.case_id and dates.case_position = earlier.case_position + 1
            where earlier.next_activity is not null
        ),

        judged as (
            select
                pairs.activity,
                pairs.next_activity,
                case
                    when pairs.is_dated
                    then {{ local_date("pairs.event_at", zone) }} = {{ local_date("pairs.next_event_at", zone) }}
                    else false
                end as is_same_day,
                not pairs.is_dated and pairs.event_at = pairs.next_event_at as is_same_instant
            from pairs
            inner join {{ cases }} as log_cases on log_cases.case_id = pairs.case_id
        )

    select
        activity,
        next_activity,
        count(*) as pairs,
        count(case when is_same_instant then 1 end) as same_instant,
        count(case when is_same_day then 1 end) as same_day,
        cast(count(case when is_same_instant or is_same_day then 1 end) as double) / count(*) as share
    from judged
    group by activity, next_activity
    having count(case when is_same_instant or is_same_day then 1 end) > 0
    order by same_instant + same_day desc, activity, next_activity
{%- endmacro %}

{#- How long after the first `earlier` event of a case (or of a `key` within it) its first `later` event comes, by site:
    stamps of two systems that must stand in this order. -#}
{% macro ordered_stamps(events, cases, earlier, later, key=none, site=none) -%}
    with
        firsts as (
            select
                events.case_id,
                {{ "events." ~ key if key else "events.case_id" }} as thing,
                events.activity,
                min(events.source_system) as source_system,
                min(events.event_at) as event_at
            from {{ events }} as events
            where events.activity in ('{{ earlier }}', '{{ later }}') and events.ts_precision = 'second'
            group by events.case_id, {{ "events." ~ key if key else "events.case_id" }}, events.activity
        ),

        paired as (
            select
                {{ "log_cases." ~ site if site else "cast(null as varchar)" }} as site,
                earlier.source_system,
                later.source_system as later_system,
                cast({{ micros_between("earlier.event_at", "later.event_at") }} as double) / 1000000 as seconds
            from firsts as earlier
            inner join
                firsts as later
                on later.case_id = earlier.case_id
                and later.thing = earlier.thing
                and later.activity = '{{ later }}'
            inner join {{ cases }} as log_cases on log_cases.case_id = earlier.case_id
            where earlier.activity = '{{ earlier }}'
        )

    select
        site,
        source_system,
        later_system,
        count(*) as pairs,
        count(case when seconds < 0 then 1 end) as backward,
        percentile_cont(0.5) within group (order by seconds) as median_seconds,
        percentile_cont(0.05) within group (order by seconds) as p5_seconds
    from paired
    group by site, source_system, later_system
    order by site nulls first, source_system, later_system
{%- endmacro %}

{#- People seen at work in more than `$most_hours` different hours of a UTC day: on how many days, and at most. -#}
{% macro round_the_clock(events, cases) -%}
    with
        hours as (
            select resource, cast(event_at as date) as day, extract(hour from event_at) as hour, count(*) as events
            from {{ events }}
            where resource is not null and not is_automation and ts_precision = 'second'
            group by resource, cast(event_at as date), extract(hour from event_at)
        ),

        days as (
            select resource, day, count(*) as hours, cast(sum(events) as bigint) as events
            from hours
            group by resource, day
        )

    select resource, count(*) as days, max(hours) as most_hours, cast(sum(events) as bigint) as events
    from days
    where hours > $most_hours
    group by resource
    order by days desc, resource
{%- endmacro %}

{#- People whose hands were on goods at two sites within `$seconds`: how often. -#}
{% macro at_two_sites(events, cases, site, system) -%}
    with
        placed as (
            select events.resource, events.event_at, events.event_id, log_cases.{{ site }} as site
            from {{ events }} as events
            inner join {{ cases }} as log_cases on log_cases.case_id = events.case_id
            where
                events.source_system = '{{ system }}'
                and events.resource is not null
                and not events.is_automation
                and events.ts_precision = 'second'
        ),

        moves as (
            select
                resource,
                site,
                lag(site) over in_time as last_site,
                {{ micros_between("lag(event_at) over in_time", "event_at") }} as micros
            from placed
            window in_time as (partition by resource order by event_at, event_id)
        )

    select resource, count(*) as jumps
    from moves
    where site <> last_site and micros <= $seconds * 1000000
    group by resource
    order by jumps desc, resource
{%- endmacro %}

{#- Events by activity, source and month (UTC). -#}
{% macro monthly_events(events, cases) -%}
    with
        days as (
            select activity, source_system, cast(event_at as date) as day, count(*) as events
            from {{ events }}
            group by activity, source_system, cast(event_at as date)
        )

    select
        activity,
        coalesce(source_system, 'Unknown') as source_system,
        {{ year_month("day") }} as month,
        cast(sum(events) as bigint) as events
    from days
    group by all
    order by activity, source_system, month
{%- endmacro %}
