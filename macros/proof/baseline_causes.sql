{#- Which changed rows of its return may have changed which item: one row per item and row. They are of the tables that
    its KPI is reckoned from; of others too where an item came or went and a cohort ($is_whole is false) chose it. A
    duration comes from events alone, and what happens after its anchor adds nothing to a duration or sum that is still
    anchored where it was. -#}
{% macro baseline_suspects(item_changes, row_changes) -%}
    with
        abouts as (
            select row_no, about_then as about
            from {{ row_changes }}
            where kind <> 'reference' and about_then is not null
            union
            select row_no, about_now
            from {{ row_changes }}
            where kind <> 'reference' and about_now is not null
        ),

        inputs as (select * from staging.kpi_inputs)

    select items.item_no, row_changes.row_no, row_changes.kind, row_changes.source_table
    from {{ item_changes }} as items
    inner join abouts on abouts.about = items.about
    inner join {{ row_changes }} as row_changes on row_changes.row_no = abouts.row_no
    left join inputs on inputs.kpi = items.kpi and inputs.input = row_changes.source_table
    where
        (inputs.kpi is not null or items.kpi = 'returns_requested' or (items.came_or_went and not $is_whole))
        and (items.aggregate <> 'distribution' or row_changes.changes_events or not $is_whole)
        and (
            row_changes.kind <> 'later' or items.aggregate not in ('distribution', 'sum') or not items.is_still_anchored
        )
{%- endmacro %}

{#- Which changed rows of reference tables may have changed the items of which KPI and entity: those that the KPI is
    reckoned from and that hold for the entity, its calendar or for all. -#}
{% macro baseline_reference_suspects(item_changes, row_changes) -%}
    with
        abouts as (
            select row_no, source_table, about_then as about
            from {{ row_changes }}
            where kind = 'reference' and about_then is not null
            union
            select row_no, source_table, about_now
            from {{ row_changes }}
            where kind = 'reference' and about_now is not null
        ),

        clocks as (select entity_id, calendar_id from staging.stg_reference__entities)

    select distinct items.kpi, items.entity_id, abouts.row_no, abouts.source_table
    from (select distinct kpi, entity_id from {{ item_changes }}) as items
    inner join staging.kpi_inputs as inputs on inputs.kpi = items.kpi
    inner join abouts on abouts.source_table = inputs.input
    left join clocks on clocks.entity_id = items.entity_id
    where items.entity_id is null or abouts.about in ('*', items.entity_id, clocks.calendar_id)
{%- endmacro %}

{#- The one cause of each changed item, by its `place` in the order of precedence: the first kind of change among the
    rows that may have changed it, and without one what else is not as it was. -#}
{% macro baseline_causes(item_changes, suspects, reference_suspects, causes) -%}
    with
        known as (
            select suspects.item_no, min(causes.place) as place
            from {{ suspects }} as suspects
            inner join {{ causes }} as causes on causes.cause = suspects.kind
            group by suspects.item_no
        ),

        of_references as (select distinct kpi, entity_id from {{ reference_suspects }}),

        of_the_instant as (
            select kpi, max(case when input = 'as_of' then 1 else 0 end) = 1 as is_any
            from staging.kpi_inputs
            where input in ('as_of', 'as_of.due') and $as_of_then <> $as_of_now
            group by kpi
        ),

        named as (
            select
                items.*,
                known.place as known_place,
                case
                    when of_the_instant.is_any or (of_the_instant.kpi is not null and items.came_or_went)
                    then 'as_of'
                    when of_references.kpi is not null
                    then 'reference'
                    when $is_other_code
                    then 'definitions'
                    else 'unknown'
                end as otherwise
            from {{ item_changes }} as items
            left join known on known.item_no = items.item_no
            left join
                of_references
                on of_references.kpi = items.kpi
                and of_references.entity_id is not distinct from items.entity_id
            left join of_the_instant on of_the_instant.kpi = items.kpi
        )

    select named.* exclude (otherwise, known_place), coalesce(named.known_place, causes.place) as place
    from named
    inner join {{ causes }} as causes on causes.cause = named.otherwise
{%- endmacro %}
