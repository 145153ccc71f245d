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
