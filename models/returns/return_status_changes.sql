with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__return_status_changes") }}),
    returns as (select * from {{ ref("returns") }}),

    final as (
        select
            rows_.change_id,
            rows_.return_id,
            rows_.from_status,
            rows_.to_status,
            rows_.changed_at,
            rows_.changed_precision,
            rows_.changed_by,
            rows_.source_key
        from rows_
        inner join as_of on rows_.changed_at <= as_of.as_of_at
        inner join returns on returns.return_id = rows_.return_id
    )

select *
from final
