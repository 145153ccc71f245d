{#- Names in the column of the events, each as it may be told: with `grouped` those of fewer than $fewest cases are one
    $group, else all by name. -#}
{% macro told_names(events, cases, column, grouped) -%}
    {%- if grouped -%} {{ grouped_names(events, cases, column) }}
    {%- else -%}
        select {{ column }} as name, {{ column }} as told
        from {{ events }} as log_events
        where {{ column }} is not null
        group by {{ column }}
    {%- endif -%}
{%- endmacro %}

{% macro grouped_names(events, cases, column) -%}
    {%- set owners -%}
        (
            select numbered.case_number, log_events.{{ column }} as name
            from {{ events }} as log_events
            inner join ({{ numbered_cases(cases) }}) as numbered on numbered.case_id = log_events.case_id
            where log_events.{{ column }} is not null
        ) as owners
    {%- endset -%}
    select name, case when cases >= $fewest then name else $group end as told
    from ({{ distinct_cases(owners, ["name"]) }}) as counted
{%- endmacro %}

{#- Changes of the owner between consecutive events of a case: whether the next change gives the work back, whether that
    is the very next event (`is_at_once`) and how long it was away then. -#}
{% macro owner_changes(events, column) -%}
    with
        changes as (
            select
                case_id,
                case_position,
                {{ column }} as from_name,
                next_{{ column }} as to_name,
                event_at,
                next_event_at,
                business_micros,
                next_business_micros
            from {{ events }}
            where {{ column }} <> next_{{ column }}
        )

    select
        case_id,
        case_position,
        from_name,
        to_name,
        {{ micros_between("event_at", "next_event_at") }} as micros,
        next_business_micros - business_micros as business_micros,
        coalesce(
            lead(from_name) over in_case = to_name and lead(to_name) over in_case = from_name, false
        ) as is_bounced,
        coalesce(lead(case_position) over in_case = case_position + 1, false) as is_at_once,
        {{ micros_between("event_at", "lead(next_event_at) over in_case") }} as micros_away,
        (lead(next_business_micros) over in_case) - business_micros as business_micros_away
    from changes
    window in_case as (partition by case_id order by case_position)
{%- endmacro %}

{#- The same from `built`, the table of a build that holds them by level, where there is one. -#}
{% macro known_owner_changes(events, column, built=none) -%}
    {%- set levels = {"source_system": "system", "department": "department"} -%}
    {%- if built -%} select * from {{ built }} as built where level = '{{ levels[column] }}'
    {%- else -%} {{ owner_changes(events, column) }}
    {%- endif -%}
{%- endmacro %}

{#- Handoffs by who gives and who takes, with what comes of them: `bounced` when the next handoff gives the work back,
    `ping_pong` when the very next event is back with the giver. `value` is a column of the cases, an amount of money
    that waits meanwhile; value_days is in money x days elapsed. `built` as in `known_owner_changes`. -#}
{% macro handoffs_at(events, cases, column, grouped, value=none, built=none) -%}
    with
        changes as ({{ known_owner_changes(events, column, built) }}),

        {% if grouped %} told as ({{ grouped_names(events, cases, column) }}), {% endif %}

        numbered as ({{ numbered_cases(cases, [value] if value else []) }}),

        valued as (
            select
                changes.*,
                numbered.case_number,
                {{ "givers.told" if grouped else "changes.from_name" }} as giver,
                {{ "takers.told" if grouped else "changes.to_name" }} as taker,
                {% if value %} numbered.{{ value }} * (changes.micros / 86400000000.0)
                {% else %} cast(null as double)
                {% endif %} as value_days
            from changes
            inner join numbered on numbered.case_id = changes.case_id
            {% if grouped %}
                inner join told as givers on givers.name = changes.from_name
                inner join told as takers on takers.name = changes.to_name
            {% endif %}
        ),

        counted as ({{ distinct_cases("valued", ["giver", "taker"]) }}),

        summed as (
            select
                giver,
                taker,
                count(*) as frequency,
                {{ wait_columns("micros", "seconds") }},
                {{ wait_columns("business_micros", "business_seconds") }},
                count(case when is_bounced then 1 end) as bounced,
                count(case when is_bounced and is_at_once then 1 end) as ping_pong,
                cast(sum(cast(value_days as decimal(38, 9))) as double) as value_days
            from valued
            group by giver, taker
        )

    select
        summed.giver as from_name,
        summed.taker as to_name,
        summed.frequency,
        counted.cases,
        summed.mean_seconds,
        summed.median_seconds,
        summed.p90_seconds,
        summed.total_seconds,
        summed.mean_business_seconds,
        summed.median_business_seconds,
        summed.p90_business_seconds,
        summed.total_business_seconds,
        summed.bounced,
        summed.ping_pong,
        summed.value_days
    from summed
    inner join counted on counted.giver = summed.giver and counted.taker = summed.taker
    order by frequency desc, from_name, to_name
{%- endmacro %}

{#- Handover of work, oneself included: how often an event of the one directly follows an event of the other. -#}
{% macro handover_of_work(events, cases, column, grouped) -%}
    with
        told as ({{ told_names(events, cases, column, grouped) }}),

        pairs as (
            select {{ column }} as from_name, next_{{ column }} as to_name, count(*) as frequency
            from {{ events }}
            where {{ column }} is not null and next_{{ column }} is not null
            group by {{ column }}, next_{{ column }}
        )

    select givers.told as from_name, takers.told as to_name, cast(sum(pairs.frequency) as bigint) as frequency
    from pairs
    inner join told as givers on givers.name = pairs.from_name
    inner join told as takers on takers.name = pairs.to_name
    group by givers.told, takers.told
    order by frequency desc, from_name, to_name
{%- endmacro %}

{#- Working together: in how many cases both of a pair have an event; each pair once, in the order of the names. -#}
{% macro working_together(events, cases, column, grouped) -%}
    with
        told as ({{ told_names(events, cases, column, grouped) }}),

        owners as (
            select log_events.case_id, told.told as name
            from {{ events }} as log_events
            inner join told on told.name = log_events.{{ column }}
            group by log_events.case_id, told.told
        )

    select one.name as one_name, other.name as other_name, count(*) as cases
    from owners as one
    inner join owners as other on other.case_id = one.case_id and other.name > one.name
    group by one.name, other.name
    order by cases desc, one.name, other.name
{%- endmacro %}

{#- How many cases have how many touch points: `visits` counts the changes of system plus one, `systems` the different
    systems. Cases whose events name no system have none and are left out. -#}
{% macro touch_points(events, cases) -%}
    with
        of_cases as (
            select
                case_id,
                count(case when source_system <> next_source_system then 1 end) + 1 as visits,
                count(distinct source_system) as systems
            from {{ events }}
            where source_system is not null
            group by case_id
        )

    select 'visits' as measure, visits as number, count(*) as cases
    from of_cases
    group by visits
    union all
    select 'systems', systems, count(*)
    from of_cases
    group by systems
    order by measure, number
{%- endmacro %}
