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
                coalesce(of_cases.is_owed, false) as is_owed,
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

    select case_id, is_open, verdict, excess_micros, is_owed, value
    from judged
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
