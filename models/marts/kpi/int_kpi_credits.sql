{{ config(materialized="view") }}
{#- KPIs about credited returns, anchored at the first posting of an effective credit memo. -#}
with
    cases as (select * from {{ ref("cases") }}),
    postings as (select * from {{ ref("int_credit_postings") }}),

    credited as (
        select
            cases.*,
            cases.case_id as item_id,
            postings.posted_at as anchor_at,
            postings.posted_date as anchor_date,
            cases.received_at is null or postings.posted_at < cases.received_at as is_advance,
            postings.posted_at < cases.decided_at as is_before_decision,
            {{ business_days_of("postings.posted_micros - cases.received_micros", "cases.standard_day_seconds") }}
            as lag_days,
            {{ business_days_of("postings.posted_micros - cases.decided_micros", "cases.standard_day_seconds") }}
            as decision_days
        from cases
        inner join postings on postings.return_id = cases.case_id
    ),

    judged as (
        select
            *,
            case
                when received_at is null
                then 'no receipt'
                when is_advance
                then 'credited before receipt'
                when lag_days is null
                then 'no calendar'
            end as lag_gap,
            case
                when decided_at is null
                then 'no disposition'
                when is_before_decision
                then 'credited before decision'
                when decision_days is null
                then 'no calendar'
            end as decision_gap
        from credited
    )

    {{ kpi_items("judged", "credit_lag_days", "return", value="lag_days", left_out="lag_gap") }}
union all
{{ kpi_items("judged", "advance_credits", "return", where="is_advance") }}
union all
{{ kpi_items("judged", "decision_to_credit_days", "return", value="decision_days", left_out="decision_gap") }}
