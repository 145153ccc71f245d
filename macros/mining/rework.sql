{#- What rework amounts to: how often, in how many cases, the time it took, and the value that waited for it. -#}
{% macro rework_columns() -%}
    count(*) as occurrences,
    count(distinct case_id) as cases,
    {{ wait_columns("micros", "seconds") }},
    {{ wait_columns("business_micros", "business_seconds") }},
    cast(sum(cast(value * (micros / 86400000000.0) as decimal(38, 9))) as double) as value_days
{%- endmacro %}

{#- Rework with the value of its case. `value` is a column of the cases, an amount of money, or nothing. -#}
{% macro valued_rework(rows, cases, value) -%}
    select {{ rows }}.*, {{ "log_cases." ~ value if value else "cast(null as double)" }} as value
    from {{ rows }}
    inner join {{ cases }} as log_cases on log_cases.case_id = {{ rows }}.case_id
{%- endmacro %}

{#- Activities done again, by how and by whom: a self-loop follows the first time directly, a loop with others between;
    the same resource repeats, another one redoes. `repeats` says per activity what it is done to, so that the same
    activity for another receipt or line is no repetition; activities that it lacks are not compared. Without it every
    activity is done to the case. -#}
{% macro repetitions(events, cases, repeats=none, value=none) -%}
    with
        {% if repeats %}
            objects as (
                select activity, repeats_by from {{ repeats }} where repeats_by <> 'never' group by activity, repeats_by
            ),
        {% endif %}

        done as (
            select
                log_events.case_id,
                log_events.activity,
                log_events.case_position,
                log_events.resource,
                log_events.event_at,
                log_events.business_micros,
                {% if repeats %}
                    case
                        objects.repeats_by when 'receipt' then log_events.receipt_id when 'line' then log_events.line_no
                    end
                {% else %} cast(null as varchar)
                {% endif %} as done_to
            from
                {{ events }}
                as log_events {{ "inner join objects on objects.activity = log_events.activity" if repeats }}
        ),

        preceded as (
            select
                *,
                lag(case_position) over same_before as before_position,
                lag(resource) over same_before as before_resource,
                lag(event_at) over same_before as before_at,
                lag(business_micros) over same_before as before_micros
            from done
            window same_before as (partition by case_id, activity, done_to order by case_position)
        ),

        again as (
            select
                case_id,
                activity,
                case when case_position = before_position + 1 then 'self-loop' else 'loop' end as kind,
                case
                    when resource = before_resource
                    then 'repeat'
                    when resource <> before_resource
                    then 'redo'
                    else 'unknown'
                end as hand,
                {{ micros_between("before_at", "event_at") }} as micros,
                business_micros - before_micros as business_micros
            from preceded
            where before_position is not null
        ),

        valued as ({{ valued_rework("again", cases, value) }})

    select activity, kind, hand, {{ rework_columns() }}
    from valued
    group by activity, kind, hand
    order by occurrences desc, activity, kind, hand
{%- endmacro %}

{#- Ping-pong: work that goes from one owner to another and with the very next event back, and the time it was away.
    `built` as in `known_owner_changes`. -#}
{% macro ping_pong(events, cases, column, value=none, built=none) -%}
    with
        changes as ({{ known_owner_changes(events, column, built) }}),

        returned as (
            select
                case_id,
                from_name as owner,
                to_name as other,
                micros_away as micros,
                business_micros_away as business_micros
            from changes
            where is_bounced and is_at_once
        ),

        valued as ({{ valued_rework("returned", cases, value) }})

    select owner, other, {{ rework_columns() }}
    from valued
    group by owner, other
    order by occurrences desc, owner, other
{%- endmacro %}
