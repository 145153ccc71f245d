{{ config(materialized="view") }}
{#- KPIs about what decided return lines recover, anchored at the first decision of the line. -#}
with
    recovery as (select * from {{ ref("int_line_recovery") }})

    {{
        kpi_items(
            "recovery",
            "supplier_recovery_rate",
            "return_line",
            numerator="credited_amount",
            denominator="line_cost",
            left_out="coalesce(cost_gap, claim_gap)",
            where="is_supplier_liable",
        )
    }}
union all
{{
    kpi_items(
        "recovery",
        "supplier_claim_filing_rate",
        "return_line",
        numerator=one_if("is_submitted"),
        denominator="1",
        where="is_supplier_liable",
    )
}}
union all
{{
    kpi_items(
        "recovery",
        "unclaimed_supplier_value",
        "return_line",
        value="line_cost",
        left_out="cost_gap",
        where="is_supplier_liable and not is_submitted",
    )
}}
union all
{{
    kpi_items(
        "recovery",
        "recovery_rate",
        "return_line",
        numerator="recovered_value + credited_amount",
        denominator="executed_cost",
        left_out="coalesce(cost_gap, recovery_gap, claim_gap)",
        where="is_executed",
    )
}}
