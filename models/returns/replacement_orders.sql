with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__replacement_orders") }}),
    known_returns as (select * from {{ ref("int_returns_as_of") }}),

    final as (
        select
            rows_.replacement_id,
            known_returns.return_id,
            rows_.return_id as written_return_id,
            coalesce(known_returns.entity_id, rows_.entity_id) as entity_id,
            rows_.sku,
            rows_.quantity,
            rows_.created_at,
            rows_.created_precision,
            rows_.created_by,
            {{ known("shipped_at") }} as shipped_at,
            rows_.shipped_precision,
            rows_.source_key
        from rows_
        inner join as_of on rows_.created_at <= as_of.as_of_at
        left join known_returns on known_returns.return_id = rows_.return_id
        where not coalesce(known_returns.is_deleted, false)
    )

select *
from final
