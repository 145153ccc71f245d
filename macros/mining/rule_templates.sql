{#- Templates that the first and last positions and the counts of two sets of activities decide. -#}
{% macro rule_order(events, template, activities, targets, scope) -%}
    {%- set both = "first_a is not null and first_b is not null" -%}
    {%- set rules = {
        "precedence": {
            "activated": "first_a is not null",
            "broken": "first_a is not null and (first_b is null or first_a < first_b)",
            "owed": "false",
            "settled": "first_b is not null and (first_a is null or first_b < first_a)",
        },
        "response": {
            "activated": "first_a is not null",
            "broken": "false",
            "owed": "first_a is not null and (last_b is null or last_b < last_a)",
            "settled": "false",
        },
        "succession": {
            "activated": "true",
            "broken": "first_b is not null and (first_a is null or first_b < first_a)",
            "owed": "first_a is not null and (last_b is null or last_b < last_a)",
            "settled": "false",
        },
        "responded_existence": {
            "activated": "first_a is not null",
            "broken": "false",
            "owed": "first_a is not null and first_b is null",
            "settled": "first_b is not null",
        },
        "not_coexistence": {"activated": "true", "broken": both, "owed": "false", "settled": "false"},
        "not_succession": {
            "activated": "first_a is not null",
            "broken": both ~ " and first_a < last_b",
            "owed": "false",
            "settled": "false",
        },
        "absence": {"activated": "true", "broken": "true", "owed": "false", "settled": "false"},
    } -%}
    {%- set rule = rules[template] -%}
    select
        case_id,
        {{ rule["activated"] }} as is_activated,
        {{ rule["broken"] }} as is_broken,
        {{ rule["owed"] }} as is_owed,
        {{ rule["settled"] }} as is_settled,
        cast(null as bigint) as excess_micros
    from
        (
            select
                case_id,
                {{ scope }} as instance,
                min(case when {{ rule_is(activities) }} then case_position end) as first_a,
                max(case when {{ rule_is(activities) }} then case_position end) as last_a,
                min(case when {{ rule_is(targets) }} then case_position end) as first_b,
                max(case when {{ rule_is(targets) }} then case_position end) as last_b
            from {{ events }} as events
            where {{ rule_is(activities + targets) }} and {{ scope }} is not null
            group by case_id, {{ scope }}
        ) as marks
{%- endmacro %}

{#- Both sides done by one person, automated ones aside. -#}
{% macro rule_four_eyes(events, activities, targets, scope) -%}
    select
        case_id,
        max(has_a) = 1 and max(has_b) = 1 as is_activated,
        max(has_a * has_b) = 1 as is_broken,
        false as is_owed,
        false as is_settled,
        cast(null as bigint) as excess_micros
    from
        (
            select
                case_id,
                {{ scope }} as instance,
                resource,
                max(case when {{ rule_is(activities) }} then 1 else 0 end) as has_a,
                max(case when {{ rule_is(targets) }} then 1 else 0 end) as has_b
            from {{ events }} as events
            where
                {{ rule_is(activities + targets) }}
                and {{ scope }} is not null
                and resource is not null
                and not coalesce(is_automation, false)
            group by case_id, {{ scope }}, resource
        ) as people
    group by case_id, instance
{%- endmacro %}

{#- How often; with a target, that takes back: documents that have the activity and not the target count. -#}
{% macro rule_at_most(events, activities, targets, scope, limit) -%}
    select
        case_id,
        sum(times) > 0 as is_activated,
        {{ "false" if targets else "sum(times) > " ~ limit }} as is_broken,
        {{ "sum(times) > " ~ limit if targets else "false" }} as is_owed,
        false as is_settled,
        cast(null as bigint) as excess_micros
    from
        (
            select
                case_id,
                {{ scope }} as instance,
                {% if targets %}
                    case
                        when max(case when {{ rule_is(targets) }} then 1 else 0 end) = 1
                        then 0
                        else max(case when {{ rule_is(activities) }} then 1 else 0 end)
                    end
                {% else %} count(*)
                {% endif %} as times
            from {{ events }} as events
            where {{ rule_is(activities + targets) }} and {{ scope }} is not null
            group by case_id, {{ scope }}{{ ", source_table, source_key" if targets }}
        ) as documents
    group by case_id, instance
{%- endmacro %}

{#- From the first of the activities to the first of the targets at or after it. -#}
{% macro rule_within(events, cases, activities, targets, scope, business, limit) -%}
    with
        begun as (
            select
                case_id,
                {{ scope }} as instance,
                min(case_position) as position,
                min(event_at) as event_at,
                min(business_micros) as business_micros
            from {{ events }} as events
            where {{ rule_is(activities) }} and {{ scope }} is not null
            group by case_id, {{ scope }}
        ),

        done as (
            select
                events.case_id,
                begun.instance,
                min(events.event_at) as event_at,
                min(events.business_micros) as business_micros
            from {{ events }} as events
            inner join begun on begun.case_id = events.case_id and begun.instance = {{ scope }}
            where {{ rule_is(targets) }} and events.case_position > begun.position
            group by events.case_id, begun.instance
        ),

        timed as (
            select
                begun.case_id,
                done.event_at is not null as is_done,
                {% if business %}
                    coalesce(done.business_micros, clocks.as_of_micros) - begun.business_micros as taken_micros,
                    {{ limit }} * cases.standard_day_seconds * 1000000 as limit_micros
                {% else %}
                    {{ micros_between("begun.event_at", "coalesce(done.event_at, clock.as_of_at)") }} as taken_micros,
                    {{ limit }} * 86400000000 as limit_micros
                {% endif %}
            from begun
            inner join {{ cases }} as cases on cases.case_id = begun.case_id
            left join done on done.case_id = begun.case_id and done.instance = begun.instance
            {% if business %} left join returns.as_of_clocks as clocks on clocks.entity_id = cases.entity_id
            {% else %} cross join (select max(event_at) as as_of_at from {{ events }} as events) as clock
            {% endif %}
        )

    select
        case_id,
        true as is_activated,
        coalesce(taken_micros > limit_micros, false) as is_broken,
        not is_done as is_owed,
        is_done as is_settled,
        cast(case when taken_micros > limit_micros then taken_micros - limit_micros end as bigint) as excess_micros
    from timed
{%- endmacro %}

{#- Whether an event is one of the activities that the parameters hold. -#}
{% macro rule_is(parameters) -%}
    {% if parameters %} activity in ({{ parameters | join(", ") }}) {% else %} false{% endif %}
{%- endmacro %}
