with
    known_returns as (select * from {{ ref("int_returns_as_of") }}),
    clocks as (select * from {{ ref("entity_clocks") }}),
    code_map as (select * from {{ ref("stg_reference__code_map") }}),

    final as (
        select
            known_returns.return_id,
            known_returns.entity_id,
            known_returns.rma_number,
            known_returns.rma_key,
            known_returns.customer_id,
            known_returns.channel as source_channel,
            {{ standard_code("known_returns.channel") }} as channel,
            known_returns.order_id,
            known_returns.requested_resolution,
            known_returns.currency,
            known_returns.created_at,
            known_returns.created_precision,
            known_returns.created_by,
            clocks.time_zone,
            clocks.standard_day_seconds,
            known_returns.source_key
        from known_returns
        left join
            clocks on clocks.entity_id = known_returns.entity_id
            {{ join_code_map("channel", "known_returns.entity_id", "known_returns.channel") }}
        where not known_returns.is_deleted
    )

select *
from final
