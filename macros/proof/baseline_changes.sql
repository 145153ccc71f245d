{#- The rows of the extracts that are no longer what they were: one row each, with what it was and is about, and the
    kind of the change. $as_of_then and $as_of_now are the instants of the frozen build and of today's. A row whose past
    is what it was and that goes on after the frozen instant was not corrected: it goes on. -#}
{% macro baseline_row_changes(rows_then, rows_now, events_then, events_now) -%}
    with
        {% for time, events in [("then", events_then), ("now", events_now)] %}
            paths_{{ time }} as (
                select
                    source_system,
                    source_table,
                    source_key,
                    {{ baseline_path("true") }} as path,
                    {{ baseline_path("event_at <= $as_of_then and event_at <= $as_of_now") }} as past,
                    count(case when event_at > $as_of_then then 1 end) as later_events,
                    count(case when event_at > $as_of_now then 1 end) as hidden_events
                from {{ events }}
                group by source_system, source_table, source_key
            ),
        {% endfor %}

        paired as (
            select
                source_system,
                source_table,
                source_key,
                rows_then.digest as digest_then,
                rows_now.digest as digest_now,
                rows_then.about as about_then,
                rows_now.about as about_now,
                coalesce(rows_now.is_deleted, false) and not coalesce(rows_then.is_deleted, false) as is_now_deleted,
                coalesce(rows_now.happened_at, rows_then.happened_at) as happened_at,
                paths_then.path is distinct from paths_now.path as changes_events,
                paths_then.past is distinct from paths_now.past as changes_past,
                coalesce(paths_now.later_events, 0) > 0 as goes_on,
                coalesce(paths_then.hidden_events, 0) > 0 as is_hidden,
                {{ baseline_is_reference() }} as is_reference
            from {{ rows_then }} as rows_then
            full join {{ rows_now }} as rows_now using (source_system, source_table, source_key)
            left join paths_then using (source_system, source_table, source_key)
            left join paths_now using (source_system, source_table, source_key)
        ),

        kinds as (
            select
                *,
                case
                    when is_reference
                    then case when digest_then is distinct from digest_now then 'reference' end
                    when digest_now is null or is_now_deleted
                    then 'deleted'
                    when digest_then is null
                    then case when happened_at > $as_of_then then 'later' else 'late' end
                    when digest_then <> digest_now and (changes_past or not goes_on)
                    then 'corrected'
                    when goes_on or (happened_at > $as_of_then and happened_at <= $as_of_now)
                    then 'later'
                    when is_hidden or (happened_at > $as_of_now and happened_at <= $as_of_then)
                    then 'as_of'
                end as kind
            from paired
        )

    select
        row_number() over (order by source_system, source_table, source_key) as row_no,
        source_system || '.' || source_table as source_table,
        source_key,
        kind,
        about_then,
        about_now,
        changes_events
    from kinds
    where kind is not null
{%- endmacro %}

{#- Whether a row is of a table that says what things are, not what happened. -#}
{% macro baseline_is_reference() -%}
    source_system = 'reference'
    or source_system || '.' || source_table
    in ('erp.customers', 'erp.products', 'erp.suppliers', 'erp.users', 'wms.sites')
{%- endmacro %}

{#- The events of a row of the extracts as one text, null without one. -#}
{% macro baseline_path(condition) -%}
    string_agg(activity || ' ' || cast(event_at as varchar), chr(31) order by activity, event_at) filter (
        where {{ condition }}
    )
{%- endmacro %}

{#- The items that count otherwise than they did: one row each, with what it is about and whether it was and is there. -#}
{% macro baseline_item_changes(items_then, items_now, measures) -%}
    with
        aggregates as (select kpi, min(aggregate) as aggregate from {{ measures }} group by kpi),

        paired as (
            select
                coalesce(items_now.kpi, items_then.kpi) as kpi,
                coalesce(items_now.kpi_part, items_then.kpi_part) as kpi_part,
                coalesce(items_now.item_id, items_then.item_id) as item_id,
                coalesce(items_now.case_id, items_then.case_id) as case_id,
                coalesce(items_now.entity_id, items_then.entity_id) as entity_id,
                items_then.kpi is null or items_now.kpi is null as came_or_went,
                items_then.kpi is not null
                and items_now.kpi is not null
                and items_then.anchor_at is not distinct from items_now.anchor_at as is_still_anchored
            from {{ items_then }} as items_then
            full join
                {{ items_now }} as items_now
                on items_now.kpi = items_then.kpi
                and items_now.item_id = items_then.item_id
                and coalesce(items_now.case_id, '') = coalesce(items_then.case_id, '')
            where
                items_then.kpi is null or items_now.kpi is null
                {% for column in ["kpi_part", "value", "numerator", "denominator", "left_out_reason", "is_lacking"] %}
                    or items_then.{{ column }} is distinct from items_now.{{ column }}
                {% endfor %}
        )

    select
        row_number() over (order by paired.kpi, paired.item_id, paired.case_id) as item_no,
        paired.*,
        coalesce(paired.case_id, regexp_replace(paired.item_id, '^[^:]*:', '')) as about,
        aggregates.aggregate
    from paired
    inner join aggregates on aggregates.kpi = paired.kpi
{%- endmacro %}

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
