{#- The items as they would be had only the causes up to each step been at work: step 0 are the frozen ones, the last
    step today's. `steps` has a place for each step. -#}
{% macro baseline_steps(items_then, items_now, causes_of_items, steps) -%}
    with
        keyed as (select kpi, item_id, coalesce(case_id, '') as own_case, place from {{ causes_of_items }}),

        before_them as (
            select items.*, coalesce(keyed.place, 1000) as place
            from {{ items_then }} as items
            left join
                keyed
                on keyed.kpi = items.kpi
                and keyed.item_id = items.item_id
                and keyed.own_case = coalesce(items.case_id, '')
        ),

        after_them as (
            select items.*, keyed.place
            from {{ items_now }} as items
            inner join
                keyed
                on keyed.kpi = items.kpi
                and keyed.item_id = items.item_id
                and keyed.own_case = coalesce(items.case_id, '')
        )

    select before_them.*, steps.step
    from before_them
    inner join {{ steps }} as steps on steps.place < before_them.place
    union all
    select after_them.*, steps.step
    from after_them
    inner join {{ steps }} as steps on steps.place >= after_them.place
{%- endmacro %}

{#- How many items each cause changed, of each KPI and part, and how many rows of which tables stand behind it. -#}
{% macro baseline_cause_counts(causes_of_items, suspects, reference_suspects, causes) -%}
    with
        items as (
            select item_no, kpi, coalesce(kpi_part, '') as part, entity_id, place
            from {{ causes_of_items }}
            union all
            select item_no, kpi, '', entity_id, place
            from {{ causes_of_items }}
            where kpi_part is not null
        ),

        named as (
            select items.*, causes.cause from items inner join {{ causes }} as causes on causes.place = items.place
        ),

        counted as (select kpi, part, cause, count(*) as items from named group by kpi, part, cause),

        rows_ as (
            select named.kpi, named.part, named.cause, suspects.row_no, suspects.source_table
            from named
            inner join {{ suspects }} as suspects on suspects.item_no = named.item_no and suspects.kind = named.cause
            union
            select named.kpi, named.part, named.cause, suspects.row_no, suspects.source_table
            from (select distinct kpi, part, cause, entity_id from named where cause = 'reference') as named
            inner join
                {{ reference_suspects }} as suspects
                on suspects.kpi = named.kpi
                and suspects.entity_id is not distinct from named.entity_id
        ),

        behind as (
            select
                kpi, part, cause, count(*) as rows_behind, list(distinct source_table order by source_table) as tables
            from rows_
            group by kpi, part, cause
        )

    select
        counted.kpi,
        counted.part,
        counted.cause,
        counted.items,
        coalesce(behind.rows_behind, 0) as rows_behind,
        coalesce(behind.tables, []) as tables
    from counted
    left join behind on behind.kpi = counted.kpi and behind.part = counted.part and behind.cause = counted.cause
    order by counted.kpi, counted.part, counted.cause
{%- endmacro %}
