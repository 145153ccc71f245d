{#- The closed returns behind the cycle time of a comparison, cut into segments: one row per return and segment it has,
    and one at position 0 for the whole from request to close. Micros are of the business clock, of which a standard day
    has `day_seconds`; cents are what the return is worth in the reporting currency, null without a rate. -#}
{% macro proof_places(items) -%}
    with
        closed as (
            select
                items.case_id,
                items.side,
                items.cluster_no,
                items.cell_no,
                items.week_no,
                coalesce(cases.entity_id, 'missing') as entity_id,
                coalesce(cases.site, 'missing') as site,
                cases.standard_day_seconds as day_seconds,
                greatest(cases.closed_micros - cases.requested_micros, 0) as whole_micros,
                cast(round(cases.return_value * 100) as hugeint) as cents
            from {{ items }} as items
            inner join event_log.cases as cases on cases.case_id = items.case_id
            where items.kpi = 'cycle_time_days' and items.value is not null
        )

    select closed.* exclude (whole_micros), segments.position, segments.business_micros as micros
    from closed
    inner join event_log.segments as segments on segments.case_id = closed.case_id
    union all
    select closed.* exclude (whole_micros), 0, whole_micros
    from closed
{%- endmacro %}

{#- Exact sums of every segment by side, unit and length of the standard day; none of them is a float. -#}
{% macro proof_places_exactly(places) -%}
    select
        entity_id,
        site,
        side,
        day_seconds,
        position,
        count(*) as returns,
        count(cents) as valued,
        sum(micros) as micros,
        coalesce(sum(cents * micros), 0) as cent_micros
    from {{ places }}
    group by entity_id, site, side, day_seconds, position
    order by all
{%- endmacro %}

{#- Sums of every segment by side, cluster and week, of all returns and by entity and by site; days are business days and
    money_days what is tied up times them. -#}
{% macro proof_places_sums(places) -%}
    select
        case when grouping(entity_id) = 0 then 'entity' when grouping(site) = 0 then 'site' else 'all' end as unit_kind,
        coalesce(entity_id, site, '') as unit,
        position,
        side,
        cluster_no,
        week_no as fold_no,
        count(*) as n,
        count(cents) as valued,
        0 as left_out,
        0 as lacking,
        {{ proof_sum("micros / (day_seconds * 1e6)") }} as days,
        coalesce({{ proof_sum("cents / 100.0 * micros / (day_seconds * 1e6)") }}, 0) as money_days
    from {{ places }}
    group by
        grouping sets (
            (position, side, cluster_no, week_no),
            (position, side, cluster_no, week_no, entity_id),
            (position, side, cluster_no, week_no, site)
        )
    order by unit_kind, unit, position, side, cluster_no, fold_no
{%- endmacro %}

{#- Business days in every segment by side, cluster and cell of alike returns. -#}
{% macro proof_places_cells(places) -%}
    select position, side, cluster_no, cell_no, count(*) as n, {{ proof_sum("micros / (day_seconds * 1e6)") }} as days
    from {{ places }}
    group by position, side, cluster_no, cell_no
    order by position, side, cluster_no, cell_no
{%- endmacro %}

{#- A sum of floats that does not depend on the order in which they come: to a billionth of each. -#}
{% macro proof_sum(value) -%} cast(sum(cast({{ value }} as decimal(38, 9))) as double) {%- endmacro %}
