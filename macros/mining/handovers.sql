{#- Handover of work: who directly follows whom, themselves included, at each level where both are known. -#}
{% macro handovers(events, cases) -%}
    {%- set levels = {"system": "source_system", "department": "department", "resource": "resource"} %}
    with
        final as (
            {% for level, column in levels.items() %}
                select
                    '{{ level }}' as level,
                    {{ column }} as from_name,
                    next_{{ column }} as to_name,
                    count(*) as frequency
                from {{ events }}
                where {{ column }} is not null and next_{{ column }} is not null
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
