{#- Variants from a relation of cases with the variant that each takes, their times and their worth. `finished` is the
    condition that a case is one of those that the standard path is chosen among. -#}
{% macro variant_figures(paths, value=none, finished="not is_open") -%}
    select
        variant_id,
        min(variant) as variant,
        count(*) as cases,
        count(case when {{ finished }} then 1 end) as finished,
        min(case_id) as one_case_id,
        {{ "cast(sum(cast(" ~ value ~ " as decimal(38, 9))) as double)" if value else "cast(null as double)" }}
        as value,
        {{ wait_columns(micros_between("started_at", "ended_at"), "seconds") }}
    from {{ paths }}
    group by variant_id
{%- endmacro %}

{#- The columns that put variants in their place among all, the most frequent first. -#}
{% macro variant_columns() -%}
    variant_id,
    variant,
    cases,
    cast(cases as double) / sum(cases) over () as share,
    cast(sum(cases) over by_rank as double) / sum(cases) over () as cumulative_share,
    value,
    sum(value) over by_rank / nullif(sum(value) over (), 0) as cumulative_value_share,
    median_seconds,
    p90_seconds
{%- endmacro %}

{#- Paths that cases take, the most frequent first: how many cases, their share alone and with all before it, the time
    from first to last event. `value` is a column of the cases (a sum of money) or nothing, when the log has none. -#}
{% macro variants(events, cases, value=none) -%}
    with figures as ({{ variant_figures(cases, value) }})

    select {{ variant_columns() }}
    from figures
    window by_rank as (order by cases desc, variant, variant_id rows unbounded preceding)
    order by cases desc, variant, variant_id
{%- endmacro %}

{#- The $most frequent variants of `figures` and the standard path, the one that most finished cases take, with what
    else is known of them: the recovery of their cases, and their activities as a list from `steps`, which has an
    activity and its position per event of a case. -#}
{% macro described_variants(figures, paths, steps, recovery=none) -%}
    ranked as (
        select
            {{ variant_columns() }},
            one_case_id,
            finished,
            row_number() over by_rank as place,
            finished > 0
            and row_number() over (order by finished desc, cases desc, variant, variant_id) = 1 as is_standard,
            count(*) over () as variants
        from {{ figures }}
        window by_rank as (order by cases desc, variant, variant_id rows unbounded preceding)
    ),

    chosen as (select * from ranked where place <= $most or is_standard),

    recovered as (
        {% if recovery %}
            select
                {{ paths }}.variant_id,
                cast(sum(cast(items.numerator as decimal(38, 9))) as double) as recovered,
                cast(sum(cast(items.denominator as decimal(38, 9))) as double) as cost
            from {{ recovery }} as items
            inner join {{ paths }} on {{ paths }}.case_id = items.case_id
            where items.kpi = 'recovery_rate' and items.left_out_reason is null
            group by {{ paths }}.variant_id
        {% else %}select variant_id, cast(null as double) as recovered, cast(null as double) as cost from chosen
        {% endif %}
    ),

    listed as (
        select chosen.variant_id, {{ ordered_list("steps.activity", "steps.position") }} as activities
        from chosen
        inner join {{ steps }} as steps on steps.case_id = chosen.one_case_id
        group by chosen.variant_id
    )

    select
        chosen.variant_id,
        listed.activities,
        chosen.cases,
        chosen.finished,
        chosen.share,
        chosen.cumulative_share,
        chosen.value,
        chosen.cumulative_value_share,
        chosen.median_seconds,
        chosen.p90_seconds,
        recovered.recovered / nullif(recovered.cost, 0) as recovery_rate,
        chosen.place,
        chosen.is_standard,
        chosen.variants
    from chosen
    left join listed on listed.variant_id = chosen.variant_id
    left join recovered on recovered.variant_id = chosen.variant_id
    order by chosen.place
{%- endmacro %}

{#- Variants with everything that is known of them. -#}
{% macro raw_variants(events, cases, finished, value=none, recovery=none) -%}
    with
        paths as (select * from {{ cases }}),
        steps as (select case_id, activity, case_position as position from {{ events }}),
        figures as ({{ variant_figures("paths", value, finished) }}),
        {{ described_variants("figures", "paths", "steps", recovery) }}
{%- endmacro %}
