{{ config(materialized="view") }}
{#- Obligations met or failed, anchored at their trigger; a message sent before the trigger meets it at once. -#}
with
    obligations as (select * from {{ ref("int_obligations") }}),
    cases as (select * from {{ ref("cases") }}),
    messages as (select * from {{ ref("customer_messages") }} where direction = 'outbound' and return_id is not null),
    sla_targets as (select * from {{ ref("stg_reference__sla_targets") }}),
    as_of_clocks as (select * from {{ ref("as_of_clocks") }}),
    business_days as (select * from {{ ref("business_days") }}),

    answered as (
        select
            obligations.case_id,
            obligations.obligation,
            obligations.triggered_at,
            min(messages.sent_at) as first_sent_at,
            min(case when messages.sent_at >= obligations.triggered_at then messages.sent_at end) as answered_at
        from obligations
        left join
            messages on messages.return_id = obligations.case_id and messages.message_type = obligations.obligation
        group by obligations.case_id, obligations.obligation, obligations.triggered_at
    ),

    dated as (
        select
            answered.*,
            cases.entity_id,
            cases.site,
            cases.channel,
            cases.reason,
            cases.category,
            cases.supplier,
            coalesce(own_target.business_hours, shared_target.business_hours) * 3600000000 as target_micros,
            as_of_clocks.as_of_micros,
            {{ local_date("answered.triggered_at", "cases.time_zone") }} as triggered_date,
            {{ local_date("answered.answered_at", "cases.time_zone") }} as answered_date
        from answered
        inner join cases on cases.case_id = answered.case_id
        left join as_of_clocks on as_of_clocks.entity_id = cases.entity_id
        left join
            sla_targets as own_target
            on own_target.entity_id = cases.entity_id
            and own_target.obligation = answered.obligation
        left join
            sla_targets as shared_target
            on shared_target.entity_id = '*'
            and shared_target.obligation = answered.obligation
    ),

    clocked as (
        select
            dated.*,
            dated.case_id || ':' || dated.obligation as item_id,
            dated.triggered_at as anchor_at,
            dated.triggered_date as anchor_date,
            dated.first_sent_at < dated.triggered_at as is_sent_before,
            {{ business_micros("dated.triggered_at", "trigger_day") }} as triggered_micros,
            {{ business_micros("dated.answered_at", "answer_day") }} as answered_micros
        from dated
        left join
            business_days as trigger_day
            on trigger_day.entity_id = dated.entity_id
            and trigger_day.local_date = dated.triggered_date
        left join
            business_days as answer_day
            on answer_day.entity_id = dated.entity_id
            and answer_day.local_date = dated.answered_date
    ),

    judged as (
        select
            clocked.*,
            case
                when coalesce(is_sent_before, false)
                then 'met'
                when target_micros is null
                then 'no target'
                when triggered_micros is null
                then 'no calendar'
                when answered_at is not null
                then case when answered_micros - triggered_micros <= target_micros then 'met' else 'failed' end
                when as_of_micros - triggered_micros > target_micros
                then 'failed'
                else 'not due'
            end as outcome
        from clocked
    )

    {{
        kpi_items(
            "judged",
            "communication_sla_rate",
            "obligation",
            part="obligation",
            numerator=one_if("outcome = 'met'"),
            denominator="1",
            left_out="case when outcome not in ('met', 'failed') then outcome end",
        )
    }}
