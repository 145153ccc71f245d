{#- Directly-follows edges of each object type: what happens next to one and the same object. -#}
{% macro object_edges(events, cases, links) -%}
    with
        touched as (select object_type, object_id, event_id from {{ links }} group by object_type, object_id, event_id),

        steps as (
            select
                touched.object_type,
                touched.object_id,
                events.activity,
                lead(events.activity) over (
                    partition by touched.object_type, touched.object_id
                    order by events.event_at, events.ts_precision desc, events.activity_rank, events.event_id
                ) as next_activity
            from touched
            inner join {{ events }} as events on events.event_id = touched.event_id
        )

    select object_type, activity, next_activity, count(*) as frequency, count(distinct object_id) as objects
    from steps
    where next_activity is not null
    group by object_type, activity, next_activity
    order by object_type, frequency desc, activity, next_activity
{%- endmacro %}

{#- Convergence: how many events of each object type and activity touch several objects of the type at once. -#}
{% macro convergence(events, cases, links) -%}
    with
        touched as (
            select links.object_type, events.activity, links.event_id, count(distinct links.object_id) as objects
            from {{ links }} as links
            inner join {{ events }} as events on events.event_id = links.event_id
            group by links.object_type, events.activity, links.event_id
        )

    select
        object_type,
        activity,
        count(*) as events,
        count(case when objects > 1 then 1 end) as converging_events,
        cast(sum(objects) - count(*) as bigint) as repeated_events
    from touched
    group by object_type, activity
    order by object_type, activity
{%- endmacro %}

{#- Divergence: how many objects of the type `$case_type` see an activity for several objects of another type, so that
    its events look like repetitions in a log with one case per object. -#}
{% macro divergence(events, cases, links) -%}
    with
        pairs as (
            select
                case_links.object_id as case_object,
                other_links.object_type,
                events.activity,
                count(distinct other_links.object_id) as objects,
                count(distinct case_links.event_id) as events
            from {{ links }} as case_links
            inner join {{ events }} as events on events.event_id = case_links.event_id
            inner join
                {{ links }} as other_links
                on other_links.event_id = case_links.event_id
                and other_links.object_type <> case_links.object_type
            where case_links.object_type = $case_type
            group by case_links.object_id, other_links.object_type, events.activity
        )

    select
        object_type,
        activity,
        count(*) as case_objects,
        count(case when objects > 1 and events > 1 then 1 end) as diverging_objects,
        cast(coalesce(sum(case when objects > 1 and events > 1 then events end), 0) as bigint) as diverging_events
    from pairs
    group by object_type, activity
    order by object_type, activity
{%- endmacro %}
