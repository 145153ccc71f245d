{{ config(materialized="view") }}
{#- KPIs about closed returns, anchored at the last close. -#}
with
    cases as (select * from {{ ref("cases") }}),
    exceptions as (select * from {{ ref("exceptions") }}),

    excepted as (select case_id from exceptions where case_id is not null group by case_id),

    closed as (
        select
            cases.*,
            cases.case_id as item_id,
            cases.closed_at as anchor_at,
            {{ local_date("cases.closed_at", "cases.time_zone") }} as anchor_date,
            {{ business_days_of("cases.closed_micros - cases.requested_micros", "cases.standard_day_seconds") }}
            as cycle_days,
            excepted.case_id is not null as has_exception
        from cases
        left join excepted on excepted.case_id = cases.case_id
        where cases.is_closed
    )

    {{
        kpi_items(
            "closed",
            "cycle_time_days",
            "return",
            value="cycle_days",
            left_out="case when cycle_days is null then 'no calendar' end",
        )
    }}
union all
{{ kpi_items("closed", "rework_rate", "return", numerator=one_if("has_rework"), denominator="1") }}
union all
{{ kpi_items("closed", "exception_rate", "return", numerator=one_if("has_exception"), denominator="1") }}
union all
{{
    kpi_items(
        "closed",
        "straight_through_rate",
        "return",
        numerator=one_if("is_approved and not (has_exception or has_rework or has_manual_decision)"),
        denominator="1",
    )
}}
union all
{{ kpi_items("closed", "touches_per_return", "return", numerator="touches", denominator="1") }}
union all
{{ kpi_items("closed", "handoffs_per_return", "return", numerator="handoffs", denominator="1") }}
