{#- The returns of the two sides of a comparison, each followed from its request: one row per return that starts in the
    window of its side. `before` and `after` are relations of cases, the windows are bound as local dates; `rollouts` has
    unit_kind, unit and rolled_out_on, and `cluster` is the column of the cases that are taken to be independent. A
    return that both sides choose belongs to neither. `lasted_days` is elapsed time to the end, of an open return up to
    the as-of instant, `lasted_business_days` the same in business days. `rolled_out_on` is the day from which the return
    may be treated in the new way. -#}
{% macro proof_followed(before, after, rollouts, cluster, most_clusters) -%}
    with
        started as (
            {% for side, cases in [("before", before), ("after", after)] %}
                select *, '{{ side }}' as side, {{ local_date("requested_at", "time_zone") }} as started_on
                from {{ cases }}
                where
                    requested_at is not null
                    and {{ local_date("requested_at", "time_zone") }} >= {{ "$" ~ side ~ "_start" }}
                    and {{ local_date("requested_at", "time_zone") }} < {{ "$" ~ side ~ "_end" }}
                {% if not loop.last %}
                    union all
                {% endif %}
            {% endfor %}
        ),

        sided as (select *, count(*) over (partition by case_id) as sides from started),

        ends as (
            select case_id, max(ended_at) as end_at, sum(business_micros) as business_micros
            from event_log.segments
            group by case_id
        ),

        final as (
            select
                sided.case_id,
                sided.side,
                sided.sides > 1 as is_on_both_sides,
                sided.entity_id,
                sided.site,
                sided.channel,
                sided.reason,
                sided.category,
                sided.value_band,
                sided.started_on,
                sided.requested_at,
                case
                    when sided.is_closed
                    then 'closed'
                    when sided.is_declined
                    then 'declined'
                    when sided.is_cancelled
                    then 'cancelled'
                    else 'open'
                end as fate,
                {{ micros_between("sided.requested_at", "ends.end_at") }} / 86400e6 as lasted_days,
                ends.business_micros / 1e6 / sided.standard_day_seconds as lasted_business_days,
                {{ micros_between("sided.requested_at", "as_of.as_of_at") }} / 86400e6 as followed_days,
                least(by_site.rolled_out_on, by_entity.rolled_out_on) as rolled_out_on,
                (dense_rank() over (order by coalesce(sided.{{ cluster }}, 'return ' || sided.case_id)) - 1)
                % {{ most_clusters }} as cluster_no
            from sided
            cross join returns.as_of as as_of
            left join ends on ends.case_id = sided.case_id
            left join {{ rollouts }} as by_site on by_site.unit_kind = 'site' and by_site.unit = sided.site
            left join {{ rollouts }} as by_entity on by_entity.unit_kind = 'entity' and by_entity.unit = sided.entity_id
        )

    select *
    from final
{%- endmacro %}

{#- How long returns of the side before take to end, and how many of either side there are. -#}
{% macro proof_pace(followed) -%}
    select
        quantile_cont(lasted_days, 0.95) filter (where side = 'before' and fate <> 'open') as ripe_days,
        quantile_cont(lasted_days, 0.99) filter (where side = 'before' and fate <> 'open') as settled_days,
        count(*) filter (where side = 'before') as before_returns,
        count(*) filter (where side = 'after') as after_returns,
        count(distinct case_id) filter (where is_on_both_sides) as on_both_sides
    from {{ followed }}
{%- endmacro %}

{#- The returns of a comparison with where each stands: `compared`, or why it stands apart. A return that started before
    its cut-over and could still be under way when it came, by its start alone, is in flight. Cells are the levels of
    what a return is, the rare levels of an attribute taken together. -#}
{% macro proof_compared(followed, attributes, most_levels) -%}
    with
        {% for attribute in attributes %}
            {{ attribute }}_levels as (
                select {{ attribute }} as level, row_number() over (order by count(*) desc, {{ attribute }}) as place
                from {{ followed }}
                group by {{ attribute }}
            ),
        {% endfor %}

        placed as (
            select
                followed.* exclude ({{ attributes | join(", ") }}),
                {% for attribute in attributes %}
                    case
                        when {{ attribute }}_levels.place <= {{ most_levels }} then {{ attribute }} else 'all others'
                    end as {{ attribute }},
                {% endfor %}
                case
                    when is_on_both_sides
                    then 'on both sides'
                    when $has_rollout and rolled_out_on is null
                    then 'not rolled out'
                    when side = 'before' and started_on >= coalesce(rolled_out_on, $cut_over)
                    then 'treated already'
                    when side = 'before' and started_on + $horizon_days > coalesce(rolled_out_on, $cut_over)
                    then 'in flight at the cut-over'
                    when side = 'after' and $has_rollout and started_on < rolled_out_on
                    then 'not rolled out yet'
                    else 'compared'
                end as standing
            from {{ followed }} as followed
            {% for attribute in attributes %}
                left join {{ attribute }}_levels on {{ attribute }}_levels.level is not distinct from {{ attribute }}
            {% endfor %}
        )

    select
        *,
        dense_rank() over (order by {{ attributes | join(", ") }}) - 1 as cell_no,
        cast(floor((started_on - least($before_start, $after_start)) / 7) as integer) as week_no
    from placed
{%- endmacro %}

{#- Within how many days of the request 95 % of the claims of before that were decided came to their last decision. -#}
{% macro proof_claims_pace(compared) -%}
    select
        quantile_cont(
            {{ micros_between("compared.requested_at", "coalesce(claims.credited_at, claims.decided_at)") }} / 86400e6,
            0.95
        )
    from returns.supplier_claims as claims
    inner join {{ compared }} as compared on compared.case_id = claims.return_id
    where compared.side = 'before' and coalesce(claims.credited_at, claims.decided_at) is not null
{%- endmacro %}
