{#- What the returns of a comparison have on a map: the steps, the edges between them, and where they begin and end, one
    row per return and thing. -#}
{% macro proof_map_marks(work) -%}
    select case_id, 'step' as kind, activity as name, '' as next_name
    from {{ work }}
    group by case_id, activity
    union all
    select case_id, 'edge', activity, next_activity
    from {{ work }}
    where next_activity is not null
    group by case_id, activity, next_activity
    union all
    select case_id, 'start', activity, ''
    from {{ work }}
    where case_position = 1
    union all
    select case_id, 'end', activity, ''
    from {{ work }}
    where next_activity is null
{%- endmacro %}

{#- The waits on the edges of a map by side, cluster and week, in business days. -#}
{% macro proof_map_waits(work) -%}
    select
        activity,
        next_activity,
        side,
        cluster_no,
        week_no as fold_no,
        count(wait_days) as n,
        0 as left_out,
        0 as lacking,
        {{ proof_sum("wait_days") }} as days
    from {{ work }}
    where next_activity is not null and wait_days is not null
    group by activity, next_activity, side, cluster_no, week_no
    order by activity, next_activity, side, cluster_no, week_no
{%- endmacro %}
