{#- Distinct paths, each as its variant, its number of cases and the list of its activities, most cases first; among
    equally frequent ones the ids, which are hashes, decide. At most $most of them. -#}
{% macro weighted_paths(events, cases) -%}
    with
        weights as (
            select variant_id, count(*) as cases, min(case_id) as case_id
            from {{ cases }}
            group by variant_id
            order by cases desc, variant_id
            limit $most
        ),

        final as (
            select
                weights.variant_id,
                max(weights.cases) as cases,
                {{ ordered_list("events.activity", "events.case_position") }} as activities
            from weights
            inner join {{ events }} as events on events.case_id = weights.case_id
            group by weights.variant_id
        )

    select *
    from final
    order by cases desc, variant_id
{%- endmacro %}

{#- Values of a group as a list in the given order. -#}
{% macro ordered_list(column, order) -%} list({{ column }} order by {{ order }}) {%- endmacro %}
