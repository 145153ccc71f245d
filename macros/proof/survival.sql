{#- How long each return of a curve was under way and how that ended, one row each. A return of before is followed up to
    its cut-over, all up to `until_days`; what runs on beyond that has no end. `clock` says which days: elapsed ones, or
    business days, of which seven have five, and fewer at least all but two. Cohorts and fates are their places in the
    lists given: small numbers keep the counting quick. -#}
{% macro proof_spans(compared, clock, cohorts, fates) -%}
    with
        reaching as (
            select
                *,
                case
                    when side = 'before' and standing = 'compared' then coalesce(rolled_out_on, $cut_over) - started_on
                end as untreated_days
            from {{ compared }}
            where standing = 'compared' or standing in ({{ proof_listed(cohorts) }})
        ),

        followed as (
            select
                list_position(
                    [{{ proof_listed(cohorts) }}], case when standing = 'compared' then side else standing end
                ) as cohort,
                list_position([{{ proof_listed(fates) }}], fate) as fate,
                cluster_no,
                cell_no,
                week_no,
                {% if clock == "business" %}
                    lasted_business_days as days,
                    least(floor(untreated_days / 7) * 5 + greatest(0, untreated_days % 7 - 2), $until_days) as reach
                {% else %} lasted_days as days, least(untreated_days, $until_days) as reach
                {% endif %}
            from reaching
        )

    select
        cast(cohort - 1 as utinyint) as cohort_no,
        cast(
            case
                when days > reach then {{ fates | length }} else coalesce(fate - 1, {{ fates | length }})
            end as utinyint
        ) as fate_no,
        cast(cluster_no as usmallint) as cluster_no,
        cell_no,
        cast(week_no as usmallint) as week_no,
        greatest(least(days, reach), 0) as days
    from followed
    where days is not null
{%- endmacro %}

{% macro proof_listed(names) -%}
    {% for name in names -%} '{{ name }}'{{ ", " if not loop.last }} {%- endfor %}
{%- endmacro %}

{#- The longest that both sides of a comparison have a return followed, in whole elapsed days. -#}
{% macro proof_reach(compared) -%}
    with
        followed as (
            select
                side,
                least(
                    lasted_days, case when side = 'before' then coalesce(rolled_out_on, $cut_over) - started_on end
                ) as days
            from {{ compared }}
            where standing = 'compared'
        ),

        longest as (select side, max(days) as days from followed group by side)

    select cast(floor(min(days)) as integer)
    from longest
{%- endmacro %}

{#- How many returns of each cluster, cell and cohort leave at each moment, by how they end; moments are exact or whole
    hours. -#}
{% macro proof_departures(spans, is_exact) -%}
    select
        cluster_no,
        cell_no,
        cohort_no,
        {% if is_exact %} days
        {% else %} round(days * 24) / 24
        {% endif %} as days,
        fate_no,
        count(*) as n
    from {{ spans }}
    group by all
    order by all
{%- endmacro %}

{#- Days under way (to the second) and returns with the first fate by each of some `days`, summed by side, cluster and
    week. -#}
{% macro proof_lasting_sums(spans, days) -%}
    select
        case cohort_no when 0 then 'before' else 'after' end as side,
        cluster_no,
        week_no as fold_no,
        count(*) as n,
        0 as left_out,
        0 as lacking,
        {% for day in days %}
            count(case when fate_no = 0 and days <= {{ day }} then 1 end) as closed_{{ day }},
        {% endfor %}
        sum(cast(round(days * 86400) as bigint)) / 86400 as lasted
    from {{ spans }}
    where cohort_no < 2
    group by cohort_no, cluster_no, week_no
    order by cohort_no, cluster_no, week_no
{%- endmacro %}
