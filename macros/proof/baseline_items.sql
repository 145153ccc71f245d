{#- What a baseline freezes, item by item: the KPI items that `retrace kpis --from --to` counts, of the returns of
    `cases` only where there are any, and each return that is requested in the period as an item of its own. -#}
{% macro baseline_items(cases, is_whole) -%}
    with
        requested as (
            select *, {{ local_date("requested_at", "time_zone") }} as started_on
            from {{ cases }}
            where requested_at is not null
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
                value,
                numerator,
                denominator,
                left_out_reason,
                is_lacking
            from marts.kpi_items
            where
                (anchor_date is null or (anchor_date >= $start and anchor_date < $end))
                {% if not is_whole %} and case_id in (select case_id from {{ cases }}) {% endif %}
            union all
            select
                'returns_requested',
                null,
                'return',
                case_id,
                case_id,
                entity_id,
                requested_at,
                started_on,
                null,
                null,
                null,
                null,
                false
            from requested
            where started_on >= $start and started_on < $end
        )

    select *
    from final
    order by kpi, item_id, case_id
{%- endmacro %}

{#- The measures of a baseline: those of `retrace kpis`, and how many returns were requested. -#}
{% macro baseline_measures() -%}
    select
        0 as position,
        'returns_requested' as measure,
        'returns_requested' as kpi,
        null as part,
        'count' as statistic,
        'Returns requested' as title,
        'returns' as unit,
        'count' as aggregate
    union all
    select
        measures.position,
        measures.measure,
        measures.kpi,
        measures.part,
        measures.statistic,
        kpis.title,
        kpis.unit,
        kpis.aggregate
    from staging.kpi_measures as measures
    inner join staging.kpis as kpis on kpis.kpi = measures.kpi
{%- endmacro %}

{#- The items by KPI and part, the whole of a KPI being the part ''. -#}
{% macro baseline_parts(items) -%}
    select *, coalesce(kpi_part, '') as part
    from {{ items }}
    union all
    select *, '' as part
    from {{ items }}
    where kpi_part is not null
{%- endmacro %}

{#- How many items are left out of each KPI and part, by reason. -#}
{% macro baseline_left_out(items) -%}
    select kpi, part, left_out_reason, count(*) as n
    from ({{ baseline_parts(items) }})
    where left_out_reason is not null
    group by kpi, part, left_out_reason
    order by kpi, part, n desc, left_out_reason
{%- endmacro %}

{#- How the values of the durations are spread: `shares` are quantiles. -#}
{% macro baseline_spread(items, measures, shares) -%}
    select
        items.kpi,
        min(cast(items.value as double)) as least,
        quantile_cont(cast(items.value as double), {{ shares }}) as quantiles,
        max(cast(items.value as double)) as most
    from {{ items }} as items
    where items.value is not null and items.kpi in (select kpi from {{ measures }} where aggregate = 'distribution')
    group by items.kpi
{%- endmacro %}

{#- The items with the number of their customer, who is taken to be independent of the others. -#}
{% macro baseline_clustered(items, most_clusters) -%}
    select
        items.*,
        'before' as side,
        (dense_rank() over (order by coalesce(cases.customer_id, 'item ' || items.item_id)) - 1)
        % {{ most_clusters }} as cluster_no
    from {{ items }} as items
    left join event_log.cases as cases on cases.case_id = items.case_id
{%- endmacro %}

{#- Sums of the items of each KPI and part by customer, and whether all of them are shares of one. -#}
{% macro baseline_sums(items) -%}
    select
        kpi,
        part,
        cluster_no,
        count(*) - count(left_out_reason) as n,
        cast(coalesce(sum(value), 0) as double) as total,
        cast(coalesce(sum(numerator), 0) as double) as numerator,
        cast(coalesce(sum(denominator), 0) as double) as denominator,
        coalesce(bool_and(numerator >= 0 and numerator <= denominator), false) as is_share
    from ({{ baseline_parts(items) }})
    group by kpi, part, cluster_no
    order by kpi, part, cluster_no
{%- endmacro %}

{#- Where the events of the returns of `cases` come from; nothing of persons. -#}
{% macro baseline_events(cases, is_whole) -%}
    select case_id, source_system, source_table, source_key, activity, event_at
    from event_log.events
    {% if not is_whole %} where case_id in (select case_id from {{ cases }}) {% endif %}
    order by case_id, case_position
{%- endmacro %}

{#- A hash of a relation that does not depend on the order of its rows: four sums of 60 bits of each row's SHA-256.
    Source: M. Bellare and D. Micciancio, A New Paradigm for Collision-Free Hashing, EUROCRYPT 1997 (AdHash). -#}
{% macro baseline_multiset(relation, columns) -%}
    with
        hashed as (select sha256({{ baseline_text(columns) }}) as digest from {{ relation }}),

        lanes as (
            select
                digest,
                {% for lane in range(4) %}
                    cast('0x' || substr(digest, {{ 1 + 16 * lane }}, 15) as bigint) as lane_{{ lane }}
                    {{- "," if not loop.last }}
                {% endfor %}
            from hashed
        )

    select
        count(*) as n,
        sha256(
            concat_ws(
                ' ',
                count(*)
                {% for lane in range(4) %}, coalesce(sum(cast(lane_{{ lane }} as hugeint)), 0) {% endfor %}
            )
        ) as digest
    from lanes
{%- endmacro %}

{#- The values of columns as one text that no other values have. -#}
{% macro baseline_text(columns) -%}
    concat_ws(chr(31) {%- for column in columns %}, coalesce(cast({{ column }} as varchar), chr(30)) {%- endfor %})
{%- endmacro %}
