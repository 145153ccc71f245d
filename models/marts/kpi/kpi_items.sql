with
    items as (
        {% for model in [
            "closed_returns",
            "open_returns",
            "credits",
            "recovery",
            "value_returned",
            "inventory",
            "communication",
            "exceptions",
        ] %}
            select *
            from {{ ref("int_kpi_" ~ model) }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    final as (
        select
            kpi,
            kpi_part,
            item_type,
            item_id,
            case_id,
            entity_id,
            anchor_at,
            anchor_date,
            {{ year_month("anchor_date") }} as month,
            case when left_out_reason is null then value end as value,
            case when left_out_reason is null then numerator end as numerator,
            case when left_out_reason is null then denominator end as denominator,
            left_out_reason,
            coalesce(
                left_out_reason not in ('credited before receipt', 'credited before decision', 'not due'), false
            ) as is_lacking,
            site,
            channel,
            reason,
            category,
            supplier
        from items
    )

select *
from final
