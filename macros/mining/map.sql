{#- Directly-follows edges: how often, in how many cases, and the wait between the two events on each of `clocks`; with
    `handoffs`, how often department or system change on the way. `paths` as in `events_of_paths`. -#}
{% macro edges(events, cases, clocks=["elapsed", "business"], paths=none, handoffs=false) -%}
    {%- set kinds = {"elapsed": ["micros", "seconds"], "business": ["business_micros", "business_seconds"]} -%}
    with
        steps as (
            select
                activity,
                next_activity,
                {{ micros_between("event_at", "next_event_at") }} as micros,
                next_business_micros - business_micros as business_micros
                {% if handoffs %}, {{ is_handoff("log_events") }} as is_handoff {% endif %}
            from {{ events }} as log_events
            where next_activity is not null
        ),

        waits as (
            select
                activity,
                next_activity,
                count(*) as frequency,
                {% if handoffs %} count(case when is_handoff then 1 end) as handoffs, {% endif %}
                {% for clock in clocks %}
                    {{ wait_columns(kinds[clock][0], kinds[clock][1]) }}{{ "," if not loop.last }}
                {% endfor %}
            from steps
            group by activity, next_activity
        ),

        weights as ({{ path_weights(cases) }}),

        taken as (
            select log_paths.activity, log_paths.next_activity, weights.case_id, max(weights.cases) as cases
            from {{ paths or events_of_paths(events, cases) }} as log_paths
            inner join weights on weights.case_id = log_paths.case_id
            where log_paths.next_activity is not null
            group by log_paths.activity, log_paths.next_activity, weights.case_id
        ),

        counted as (
            select activity, next_activity, cast(sum(cases) as bigint) as cases
            from taken
            group by activity, next_activity
        )

    select
        waits.activity,
        waits.next_activity,
        waits.frequency,
        counted.cases,
        {% for clock in clocks %}
            {% for statistic in ["mean", "median", "p90", "total"] %}
                waits.{{ statistic }}_{{ kinds[clock][1] }}{{ "," if not loop.last }}
            {% endfor %}
            {{ "," if not loop.last }}
        {% endfor %}
        {% if handoffs %}, waits.handoffs {% endif %}
    from waits
    inner join counted on counted.activity = waits.activity and counted.next_activity = waits.next_activity
    order by waits.frequency desc, waits.activity, waits.next_activity
{%- endmacro %}

{#- Activities: their events and cases, the cases that begin and end with them, and the ended ones among the latter.
    `paths` as in `events_of_paths`. -#}
{% macro activities(events, cases, paths=none) -%}
    with
        weights as ({{ path_weights(cases) }}),

        taken as (
            select
                log_paths.activity,
                weights.case_id,
                max(weights.cases) as cases,
                max(weights.finished) as finished,
                count(*) as times,
                count(case when log_paths.case_position = 1 then 1 end) as starts,
                count(case when log_paths.next_activity is null then 1 end) as ends
            from {{ paths or events_of_paths(events, cases) }} as log_paths
            inner join weights on weights.case_id = log_paths.case_id
            group by log_paths.activity, weights.case_id
        )

    select
        activity,
        cast(sum(times * cases) as bigint) as events,
        cast(sum(cases) as bigint) as cases,
        cast(sum(starts * cases) as bigint) as starts,
        cast(sum(ends * cases) as bigint) as ends,
        cast(sum(ends * finished) as bigint) as finished_ends
    from taken
    group by activity
    order by sum(cases) desc, activity
{%- endmacro %}

{#- The cases that go directly from $activity to $next_activity. `paths` as in `events_of_paths`. -#}
{% macro edge_cases(events, cases, paths=none) -%}
    with
        weights as ({{ path_weights(cases) }}),

        taken as (
            select case_id
            from {{ paths or events_of_paths(events, cases) }} as log_paths
            where activity = $activity and next_activity = $next_activity
            group by case_id
        )

    select cast(coalesce(sum(weights.cases), 0) as bigint) as cases
    from taken
    inner join weights on weights.case_id = taken.case_id
{%- endmacro %}

{#- The events of one case of each path: what is true of a path need not be asked of all the cases that take it. -#}
{% macro events_of_paths(events, cases) -%}
    (select * from {{ events }} where case_id in (select case_id from ({{ path_weights(cases) }}) as one_of_path))
{%- endmacro %}

{#- The steps of the one case of each path, by the path that they stand for. -#}
{% macro path_steps(events, cases) -%}
    with weights as ({{ path_weights(cases) }})

    select weights.variant_id, log_events.case_position, log_events.activity, log_events.next_activity
    from {{ events }} as log_events
    inner join weights on weights.case_id = log_events.case_id
{%- endmacro %}

{#- `events_of_paths` of any cases of a build whose `path_steps` are in the table `built`. -#}
{% macro events_of_built_paths(cases, built) -%}
    (
        select weights.case_id, built.case_position, built.activity, built.next_activity
        from {{ built }} as built
        inner join ({{ path_weights(cases) }}) as weights on weights.variant_id = built.variant_id
    )
{%- endmacro %}

{#- The case that stands for each path, how many cases take it, and how many of them are finished. -#}
{% macro path_weights(cases) -%}
    select variant_id, min(case_id) as case_id, count(*) as cases, count(case when not is_open then 1 end) as finished
    from {{ cases }}
    group by variant_id
{%- endmacro %}

{#- Whether department or system change from an event to the next. -#}
{% macro is_handoff(log_events) -%}
    coalesce({{ log_events }}.department <> {{ log_events }}.next_department, false)
    or coalesce({{ log_events }}.source_system <> {{ log_events }}.next_source_system, false)
{%- endmacro %}
