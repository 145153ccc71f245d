{{ config(materialized="view") }}
{#- The lines of returns with a matched receipt, anchored at the first receipt of the return. -#}
with
    return_lines as (select * from {{ ref("return_lines") }}),
    cases as (select * from {{ ref("cases") }}),
    slices as (select * from {{ ref("int_line_slices") }}),
    fx_rates as (select * from {{ ref("stg_reference__fx_rates") }}),

    received as (
        select
            return_lines.return_id || '-' || return_lines.line_no as item_id,
            return_lines.return_id as case_id,
            return_lines.entity_id,
            cases.received_at as anchor_at,
            {{ local_date("cases.received_at", "cases.time_zone") }} as anchor_date,
            return_lines.line_value,
            return_lines.currency,
            slices.site,
            slices.channel,
            slices.reason,
            slices.category,
            slices.supplier
        from return_lines
        inner join cases on cases.case_id = return_lines.return_id
        inner join slices on slices.return_id = return_lines.return_id and slices.line_no = return_lines.line_no
        where cases.received_at is not null
    ),

    valued as (
        select received.*, {{ reporting_amount("received.line_value", "rates.rate") }} as reporting_value
        from received {{ join_rate("rates", "received.currency", "received.anchor_date") }}
    )

    {{
        kpi_items(
            "valued",
            "value_returned",
            "return_line",
            value="reporting_value",
            left_out="case when reporting_value is null then 'no exchange rate' end",
        )
    }}
