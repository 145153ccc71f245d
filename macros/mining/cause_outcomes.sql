{#- One row per case of what an outcome needs of it: business seconds from request to close (so far, while open), the
    value of the goods, and the target of `$kpi`, the entity's own before that of all. -#}
{% macro cause_returns(cases, kpi=false) -%}
    select
        cases.case_id,
        cases.is_closed,
        cases.is_open,
        cases.has_rework,
        cases.return_value as money,
        {%- if kpi %} cast(coalesce(own_target.target, shared_target.target) as double) as target, {%- endif %}
        cases.standard_day_seconds,
        (
            case when cases.is_closed then cases.closed_micros when cases.is_open then clocks.as_of_micros end
            - cases.requested_micros
        )
        / 1000000.0 as seconds
    from {{ cases }} as cases
    left join returns.as_of_clocks as clocks on clocks.entity_id = cases.entity_id
    {%- if kpi %}
        left join
            staging.stg_reference__kpi_targets as own_target
            on own_target.entity_id = cases.entity_id
            and own_target.kpi = $kpi
        left join
            staging.stg_reference__kpi_targets as shared_target
            on shared_target.entity_id = '*'
            and shared_target.kpi = $kpi
    {%- endif %}
{%- endmacro %}

{#- Outcomes: one row per case with is_outcome (null where it can't be said), left_out_reason, seconds and money. -#}
{% macro cause_of_cycle_time(events, cases) -%}
    with
        known as ({{ cause_returns(cases, kpi=true) }}),
        measured as (select *, seconds / standard_day_seconds as days from known),
        judged as (
            select
                *,
                case
                    when not is_closed and not is_open
                    then 'declined or cancelled'
                    when days is null
                    then 'no calendar'
                    when target is null
                    then 'no target'
                    when is_open and days <= target
                    then 'open and not over target yet'
                end as left_out_reason
            from measured
        )
    select
        case_id, case when left_out_reason is null then days > target end as is_outcome, left_out_reason, seconds, money
    from judged
{%- endmacro %}

{% macro cause_of_rework(events, cases) -%}
    select
        case_id,
        case when not is_open then has_rework end as is_outcome,
        case when is_open then 'open' end as left_out_reason,
        case when not is_open then seconds end as seconds,
        money
    from ({{ cause_returns(cases) }}) as known
{%- endmacro %}

{% macro cause_of_exception(events, cases) -%}
    with
        known as ({{ cause_returns(cases) }}),
        excepted as (
            select case_id
            from marts.exceptions
            where case_id is not null and ($exception_type is null or exception_type = $exception_type)
            group by case_id
        )
    select
        known.case_id,
        case when excepted.case_id is not null then true when not known.is_open then false end as is_outcome,
        case when excepted.case_id is null and known.is_open then 'open and without one yet' end as left_out_reason,
        case when not known.is_open then known.seconds end as seconds,
        known.money
    from known
    left join excepted on excepted.case_id = known.case_id
{%- endmacro %}

{% macro cause_of_recovery(events, cases) -%}
    with
        known as ({{ cause_returns(cases, kpi=true) }}),
        recovered as (
            select
                case_id,
                cast(sum(numerator) as double) / nullif(cast(sum(denominator) as double), 0) as rate,
                count(left_out_reason) as left_out
            from marts.kpi_items
            where kpi = $recovery and kpi_part is null
            group by case_id
        ),
        judged as (
            select
                known.*,
                recovered.rate,
                case
                    when recovered.case_id is null
                    then 'nothing to recover yet'
                    when recovered.left_out > 0 or recovered.rate is null
                    then 'cost or claim not known'
                    when known.target is null
                    then 'no target'
                end as left_out_reason
            from known
            left join recovered on recovered.case_id = known.case_id
        )
    select
        case_id,
        case when left_out_reason is null then rate < target end as is_outcome,
        left_out_reason,
        case when not is_open then seconds end as seconds,
        money
    from judged
{%- endmacro %}

{% macro cause_of_sla(events, cases) -%}
    with
        known as ({{ cause_returns(cases) }}),
        obligations as (
            select
                case_id,
                count(denominator) as judged,
                cast(sum(denominator) as double) - cast(sum(numerator) as double) as failed
            from marts.kpi_items
            where kpi = 'communication_sla_rate'
            group by case_id
        )
    select
        known.case_id,
        case when obligations.judged > 0 then obligations.failed > 0 end as is_outcome,
        case when coalesce(obligations.judged, 0) = 0 then 'no obligation due' end as left_out_reason,
        case when not known.is_open then known.seconds end as seconds,
        known.money
    from known
    left join obligations on obligations.case_id = known.case_id
{%- endmacro %}

{#- Of any log, elapsed: open cases count where the outcome has already happened. -#}
{% macro cause_of_duration(events, cases) -%}
    with
        measured as (
            select
                case_id, is_open, cast({{ micros_between("started_at", "ended_at") }} as double) / 1000000.0 as seconds
            from {{ cases }} as cases
        ),
        bound as (
            select
                coalesce(
                    $seconds,
                    case
                        when $percentile = 'p90'
                        then percentile_cont(0.9) within group (order by case when not is_open then seconds end)
                        else percentile_cont(0.5) within group (order by case when not is_open then seconds end)
                    end
                ) as seconds
            from measured
        )
    select
        measured.case_id,
        case when measured.seconds > bound.seconds then true when not measured.is_open then false end as is_outcome,
        case
            when measured.is_open and measured.seconds <= bound.seconds then 'open and not over yet'
        end as left_out_reason,
        measured.seconds,
        cast(null as double) as money
    from measured
    cross join bound
{%- endmacro %}

{% macro cause_of_activity(events, cases) -%}
    with
        occurred as (
            select case_id
            from {{ events }} as events
            where $activity is null or activity = $activity
            group by case_id, activity
            having count(*) >= $times
        ),
        happened as (select case_id from occurred group by case_id)
    select
        cases.case_id,
        case when happened.case_id is not null then true when not cases.is_open then false end as is_outcome,
        case when happened.case_id is null and cases.is_open then 'open and not happened yet' end as left_out_reason,
        cast({{ micros_between("cases.started_at", "cases.ended_at") }} as double) / 1000000.0 as seconds,
        cast(null as double) as money
    from {{ cases }} as cases
    left join happened on happened.case_id = cases.case_id
{%- endmacro %}
