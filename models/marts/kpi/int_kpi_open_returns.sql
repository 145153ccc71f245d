{{ config(materialized="view") }}
{#- Returns neither closed, declined nor cancelled as of the as-of instant: no period. -#}
with
    cases as (select * from {{ ref("cases") }}),

    open_cases as (
        select *, case_id as item_id, cast(null as timestamp) as anchor_at, cast(null as date) as anchor_date
        from cases
        where is_open
    )

    {{ kpi_items("open_cases", "open_returns", "return") }}
