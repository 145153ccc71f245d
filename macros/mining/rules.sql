{#- Rules in the manner of DECLARE. Every template gives one row for each case and instance of the rule's scope (the whole
    case, a line, a receipt, a document) with: `is_activated` (the rule has something to say), `is_broken` (for good),
    `is_owed` (something is missing that may still come), `is_settled` (nothing can break it any more), `excess_micros`
    (time over the limit). `activities` and `targets` are the names of parameters that hold activities, `limit` that of
    the limit, `excuse` that of the value by which an attribute excuses. -#}
{% macro rule_judged(
    events,
    cases,
    template,
    activities,
    targets,
    scope,
    scope_is_case,
    unless,
    unless_column,
    value,
    business,
    limit,
    excuse
) -%}
    with
        instances as (
            {% if template == "four_eyes" %}{{ rule_four_eyes(events, activities, targets, scope) }}
            {% elif template == "at_most" %}{{ rule_at_most(events, activities, targets, scope, limit) }}
            {% elif template in ("within_days", "within_business_days") %}
                {{ rule_within(events, cases, activities, targets, scope, business, limit) }}
            {% else %}{{ rule_order(events, template, activities, targets, scope) }}
            {% endif %}
        ),

        of_cases as (
            {% if scope_is_case %}select * from instances
            {% else %}
                select
                    case_id,
                    max(case when is_activated then 1 else 0 end) = 1 as is_activated,
                    max(case when is_broken then 1 else 0 end) = 1 as is_broken,
                    max(case when is_owed then 1 else 0 end) = 1 as is_owed,
                    min(case when is_settled then 1 else 0 end) = 1 as is_settled,
                    sum(excess_micros) as excess_micros
                from instances
                group by case_id
            {% endif %}
        ),

        judged as (
            select
                cases.case_id,
                cases.is_open,
                case
                    when coalesce(of_cases.is_broken or (not cases.is_open and of_cases.is_owed), false)
                    then
                        {{
                            (
                                "case when "
                                ~ rule_legal(unless, unless_column, excuse)
                                ~ " then 'allowed' else 'violating' end"
                            )
                        }}
                    when
                        not cases.is_open
                        or (coalesce(of_cases.is_settled, false) and {{ "true" if scope_is_case else "false" }})
                    then
                        case
                            when coalesce(of_cases.is_activated, {{ "true" if template == "absence" else "false" }})
                            then 'conforming'
                            else 'vacuous'
                        end
                    when coalesce(of_cases.is_owed, false)
                    then 'pending'
                    else 'undecided'
                end as verdict,
                of_cases.excess_micros,
                {{ "cases." ~ value if value else "cast(null as double)" }} as value
            from {{ cases }} as cases
            left join of_cases on of_cases.case_id = cases.case_id
            {% if unless in ("activity", "condition") %}
                left join
                    (
                        {% if unless == "condition" %}{{ receipt_not_needed() }}
                        {% else %}
                            select case_id
                            from {{ events }} as events
                            where activity in ({{ unless_column | join(", ") }})
                            group by case_id
                        {% endif %}
                    ) as excused
                    on excused.case_id = cases.case_id
            {% endif %}
        )

    select case_id, is_open, verdict, excess_micros, value
    from judged
{%- endmacro %}

{#- How many cases have each verdict on a rule; the arguments are those of `rule_judged`. -#}
{% macro rule_verdicts(events, cases) -%}
    select
        verdict,
        is_open,
        count(*) as cases,
        cast(sum(case when excess_micros > 0 then excess_micros else 0 end) as bigint) as excess_micros,
        cast(sum(cast(value as decimal(38, 9))) as double) as value
    from ({{ rule_judged(events, cases, **kwargs) }}) as judged
    group by verdict, is_open
    order by verdict, is_open
{%- endmacro %}

{#- One row per case with the verdict on each rule, and its excess; `judged` maps columns to the query of each. -#}
{% macro all_rule_verdicts(events, cases, judged) -%}
    select
        cases.case_id
        {%- for column in judged %}
            ,
            judged_{{ loop.index }}.verdict as {{ column }},
            judged_{{ loop.index }}.excess_micros as {{ column }}_excess
        {%- endfor %}
    from {{ cases }} as cases
    {%- for query in judged.values() %}
        left join ({{ query }}) as judged_{{ loop.index }} on judged_{{ loop.index }}.case_id = cases.case_id
    {%- endfor %}
{%- endmacro %}

{% macro rule_columns(events, cases, kept) -%} {{ columns_of(kept) }} {%- endmacro %}

{#- What `rule_verdicts` answers, of the verdicts that are `kept` in `columns`; each row after its column's number. -#}
{% macro count_rule_verdicts(events, cases, kept, columns, value) -%}
    with
        judged as (
            select kept.*, cases.is_open, {{ "cases." ~ value if value else "cast(null as double)" }} as value_of_case
            from {{ kept }} as kept
            inner join {{ cases }} as cases on cases.case_id = kept.case_id
        ),
        counted as (
            {%- for column in columns %}
                select
                    {{ loop.index0 }} as rule_number,
                    {{ column }} as verdict,
                    is_open,
                    count(*) as cases,
                    sum(case when {{ column }}_excess > 0 then {{ column }}_excess else 0 end) as excess_micros,
                    sum(cast(value_of_case as decimal(38, 9))) as value_of_cases
                from judged
                group by {{ column }}, is_open {{ "union all" if not loop.last }}
            {%- endfor %}
        )
    select
        rule_number,
        verdict,
        is_open,
        cases,
        cast(excess_micros as bigint) as excess_micros,
        cast(value_of_cases as double) as value_of_cases
    from counted
    order by rule_number, verdict, is_open
{%- endmacro %}

{#- Whether a case that breaks the rule is excused. -#}
{% macro rule_legal(unless, unless_column, excuse) -%}
    {% if unless == "attribute" %} coalesce(cast(cases.{{ unless_column }} as varchar) = {{ excuse }}, false)
    {%- elif unless in ("activity", "condition") %} excused.case_id is not null
    {%- else %} false
    {%- endif %}
{%- endmacro %}

{#- Returns whose every disposition, and there is one, is of a kind for which nothing has to come back. -#}
{% macro receipt_not_needed() -%}
    select return_id as case_id
    from returns.dispositions
    group by return_id
    having max(case when needs_receipt is not false then 1 else 0 end) = 0
{%- endmacro %}

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
