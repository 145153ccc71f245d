{{ config(materialized="view") }}
{#- Exceptions not resolved as of the as-of instant: no period. -#}
with
    open_exceptions as (
        select
            *,
            exception_type || ':' || object_id as item_id,
            cast(null as timestamp) as anchor_at,
            cast(null as date) as anchor_date
        from {{ ref("exceptions") }}
        where resolved_at is null
    )

    {{ kpi_items("open_exceptions", "open_exceptions", "exception", part="exception_type") }}
