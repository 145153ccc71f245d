{#- Handoffs: consecutive events of a case with different owners, at each level, and the wait between them. An event
    without an owner neither gives nor takes. -#}
{% macro handoffs(events, cases) -%}
    {%- set levels = {"system": "source_system", "department": "department", "resource": "resource"} %}
    with
        numbered as ({{ numbered_cases(cases) }}),
        steps as ({{ numbered_steps(events, "numbered", levels.values()) }}),

        {% for level, column in levels.items() %}
            {{ level }}_waits as (
                select
                    {{ column }},
                    next_{{ column }},
                    count(*) as frequency,
                    {{ wait_columns("micros", "seconds") }},
                    {{ wait_columns("business_micros", "business_seconds") }}
                from steps
                where {{ column }} <> next_{{ column }}
                group by {{ column }}, next_{{ column }}
            ),

            {{ level }}_cases as (
                {{ distinct_cases("steps", [column, "next_" ~ column], column ~ " <> next_" ~ column) }}
            ),
        {% endfor %}

        final as (
            {% for level, column in levels.items() %}
                select
                    '{{ level }}' as level,
                    waits.{{ column }} as from_name,
                    waits.next_{{ column }} as to_name,
                    waits.frequency,
                    counted.cases,
                    waits.mean_seconds,
                    waits.median_seconds,
                    waits.p90_seconds,
                    waits.total_seconds,
                    waits.mean_business_seconds,
                    waits.median_business_seconds,
                    waits.p90_business_seconds,
                    waits.total_business_seconds
                from {{ level }}_waits as waits
                inner join
                    {{ level }}_cases as counted
                    on counted.{{ column }} = waits.{{ column }}
                    and counted.next_{{ column }} = waits.next_{{ column }}
                {% if not loop.last %}
                    union all
                {% endif %}
            {% endfor %}
        )

    select *
    from final
    order by level, frequency desc, from_name, to_name
{%- endmacro %}
