{#- Microseconds of an hour. -#}
{% macro micros_per_hour() -%} 3600000000 {%- endmacro %}

{#- Segments of closed returns, in order: how many have each, how long it takes, what it adds up to. What runs or was
    cut short stands beside them. -#}
{% macro segment_totals(events, cases, segments, milestones) -%}
    {%- set elapsed = "case when is_closed then elapsed_micros end" %}
    {%- set business = "case when is_closed then business_micros end" %}
    with
        spent as (
            select parts.*, log_cases.is_closed
            from {{ segments }} as parts
            inner join {{ cases }} as log_cases on log_cases.case_id = parts.case_id
        ),

        timed as (
            select
                milestones.segment,
                milestones.title,
                milestones.target_business_hours,
                milestones.position,
                spent.is_closed,
                spent.is_running,
                spent.is_cut_short,
                spent.is_out_of_order,
                spent.elapsed_micros,
                spent.business_micros
            from {{ milestones }} as milestones
            left join spent on spent.segment = milestones.segment
        )

    select
        segment,
        title,
        target_business_hours,
        count(case when is_closed then 1 end) as returns,
        count(case when is_closed and is_out_of_order then 1 end) as out_of_order,
        count(
            case when is_closed and business_micros > target_business_hours * {{ micros_per_hour() }} then 1 end
        ) as over_target,
        coalesce(sum({{ elapsed }}), 0) as elapsed_micros,
        coalesce(sum({{ business }}), 0) as business_micros,
        {{ wait_columns(elapsed, "seconds") }},
        {{ wait_columns(business, "business_seconds") }},
        count(case when is_running then 1 end) as running,
        coalesce(sum(case when is_running then elapsed_micros end), 0) as running_elapsed_micros,
        coalesce(sum(case when is_running then business_micros end), 0) as running_business_micros,
        count(case when is_cut_short then 1 end) as cut_short
    from timed
    group by segment, title, target_business_hours, position
    order by position
{%- endmacro %}

{#- The end-to-end time of closed returns, from the returns themselves. -#}
{% macro end_to_end(events, cases) -%}
    {%- set elapsed = micros_between("requested_at", "closed_at") %}
    select
        count(*) as returns,
        coalesce(sum(case when {{ elapsed }} > 0 then {{ elapsed }} else 0 end), 0) as elapsed_micros,
        coalesce(
            sum(case when closed_micros > requested_micros then closed_micros - requested_micros end), 0
        ) as business_micros
    from {{ cases }}
    where is_closed
{%- endmacro %}
