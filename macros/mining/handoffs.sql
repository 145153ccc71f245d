{#- Handoffs: consecutive events of a case with different owners, at each level, and the wait between them. An event
    without an owner neither gives nor takes. -#}
{% macro handoffs(events, cases) -%}
    {%- set levels = {"system": "source_system", "department": "department", "resource": "resource"} %}
    with
        steps as (
            select
                case_id,
                {% for column in levels.values() %} {{ column }}, next_{{ column }}, {% endfor %}
                {{ micros_between("event_at", "next_event_at") }} as micros,
                next_business_micros - business_micros as business_micros
            from {{ events }}
            where next_activity is not null
        ),

        final as (
            {% for level, column in levels.items() %}
                select
                    '{{ level }}' as level,
                    {{ column }} as from_name,
                    next_{{ column }} as to_name,
                    count(*) as frequency,
                    count(distinct case_id) as cases,
                    {{ wait_columns("micros", "seconds") }},
                    {{ wait_columns("business_micros", "business_seconds") }}
                from steps
                where {{ column }} <> next_{{ column }}
                group by {{ column }}, next_{{ column }}
                {% if not loop.last %}
                    union all
                {% endif %}
            {% endfor %}
        )

    select *
    from final
    order by level, frequency desc, from_name, to_name
{%- endmacro %}
