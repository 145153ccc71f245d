{% set levels = {"system": "source_system", "department": "department", "resource": "resource"} %}

with
    events as (select * from {{ ref("events") }}),

    steps as (
        select
            case_id,
            case_position,
            {% for level, column in levels.items() -%}
                {{ column }} as from_{{ level }},
                lead({{ column }}) over (
                    partition by case_id order by case_position
                ) as to_{{ level }}{{ "," if not loop.last }}
            {% endfor %}
        from events
    ),

    final as (
        {% for level in levels %}
            select
                '{{ level }}' as level,
                from_{{ level }} as from_name,
                to_{{ level }} as to_name,
                count(*) as frequency,
                count(distinct case_id) as cases
            from steps
            where from_{{ level }} <> to_{{ level }}
            group by from_{{ level }}, to_{{ level }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select *
from final
