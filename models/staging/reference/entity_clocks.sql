with
    entities as (select * from {{ ref("stg_reference__entities") }}),
    calendars as (select * from {{ ref("stg_reference__calendars") }}),

    weeks as (
        select
            calendar_id,
            {% for weekday in range(1, 8) -%}
                max(case when weekday = {{ weekday }} then closes_minute end) as closes_{{ weekday }},
            {% endfor -%}
            avg(cast((closes_minute - opens_minute) * 60 as double)) as standard_day_seconds
        from calendars
        group by calendar_id
    ),

    final as (
        select
            entities.entity_id,
            entities.time_zone,
            entities.calendar_id,
            {% for weekday in range(1, 8) -%} weeks.closes_{{ weekday }}, {% endfor -%}
            weeks.standard_day_seconds
        from entities
        left join weeks on weeks.calendar_id = entities.calendar_id
    )

select *
from final
