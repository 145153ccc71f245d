with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_middleware__messages") }}),
    rma_links as (select * from {{ ref("rma_links") }}),

    final as (
        select
            rows_.message_id,
            rows_.attempt,
            rma_links.return_id,
            rows_.entity_id,
            rows_.interface,
            rows_.status,
            rows_.occurred_at,
            rows_.occurred_precision,
            rows_.error_code,
            row_number() over (partition by rows_.message_id order by rows_.attempt desc) = 1 as is_last_attempt,
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
