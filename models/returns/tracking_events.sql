with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_tms__tracking_events") }}),
    rma_links as (select * from {{ ref("rma_links") }}),

    final as (
        select
            rows_.event_id as tracking_event_id,
            rma_links.return_id,
            rows_.entity_id,
            rows_.event_type,
            rows_.occurred_at,
            rows_.occurred_precision,
            rows_.carrier,
            rows_.source_key
        from rows_
        inner join as_of on rows_.occurred_at <= as_of.as_of_at
        left join
            rma_links
            on rma_links.entity_id = rows_.entity_id
            and rma_links.rma_key = {{ normalised_number("rows_.rma_number") }}
    )

select *
from final
