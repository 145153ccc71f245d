{#- How long each return of a curve was under way and how that ended, one row each. A return of before is followed up to
    its cut-over, all up to `until_days`; what runs on beyond that is open. `clock` says which days: elapsed or business
    days, of which seven have five, and fewer at least all but two. -#}
{% macro proof_spans(compared, clock) -%}
    with
        reaching as (
            select
                *,
                case
                    when side = 'before' and standing = 'compared' then coalesce(rolled_out_on, $cut_over) - started_on
                end as untreated_days
            from {{ compared }}
            where standing in ('compared', 'in flight at the cut-over')
        ),

        followed as (
            select
                case when standing = 'compared' then side else standing end as cohort,
                cluster_no,
                week_no,
                fate,
                {% if clock == "business" %}
                    lasted_business_days as days,
                    least(floor(untreated_days / 7) * 5 + greatest(0, untreated_days % 7 - 2), $until_days) as reach
                {% else %} lasted_days as days, least(untreated_days, $until_days) as reach
                {% endif %}
            from reaching
        )

    select
        cohort,
        cluster_no,
        week_no,
        case when days > reach then 'open' else fate end as fate,
        greatest(least(days, reach), 0) as days
    from followed
    where days is not null
{%- endmacro %}

{#- The longest that both sides of a comparison have a return followed, in whole elapsed days. -#}
{% macro proof_reach(compared) -%}
    select cast(floor(min(longest)) as integer)
    from
        (
            select
                side,
                max(
                    least(
                        lasted_days, case when side = 'before' then coalesce(rolled_out_on, $cut_over) - started_on end
                    )
                ) as longest
            from {{ compared }}
            where standing = 'compared'
            group by side
        )
{%- endmacro %}

{#- How many returns of each cohort leave at each moment, by how they end; moments are exact or whole hours. -#}
{% macro proof_moments(spans, is_exact) -%}
    select cohort, {% if is_exact %} days {% else %} round(days * 24) / 24 {% endif %} as days, {{ proof_fates() }}
    from {{ spans }}
    group by 1, 2
    order by 1, 2
{%- endmacro %}

{#- The same by cluster and day; what ends on day d does so after d - 1 days and not later than d. -#}
{% macro proof_days_by_cluster(spans) -%}
    select cohort, cluster_no, cast(ceil(days) as integer) as day, {{ proof_fates() }}
    from {{ spans }}
    group by 1, 2, 3
    order by 1, 2, 3
{%- endmacro %}

{% macro proof_fates() -%}
    {% for fate in ["closed", "declined", "cancelled", "open"] -%}
        count(case when fate = '{{ fate }}' then 1 end) as {{ fate }}{{ "," if not loop.last }}
    {% endfor %}
{%- endmacro %}

{#- Days under way and returns closed by each of some `days`, summed by side, cluster and week. -#}
{% macro proof_lasting_sums(spans, days) -%}
    select
        cohort as side,
        cluster_no,
        week_no as fold_no,
        count(*) as n,
        0 as left_out,
        0 as lacking,
        {% for day in days %}
            count(case when fate = 'closed' and days <= {{ day }} then 1 end) as closed_{{ day }},
        {% endfor %}
        sum(days) as lasted
    from {{ spans }}
    where cohort in ('before', 'after')
    group by 1, 2, 3
    order by 1, 2, 3
{%- endmacro %}
