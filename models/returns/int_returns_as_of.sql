with
    as_of as (select * from {{ ref("as_of") }}),
    rows_ as (select * from {{ ref("stg_erp__returns") }}),

    final as (
        select
            rows_.*,
            {{ normalised_number("rows_.rma_number") }} as rma_key,
            coalesce(rows_.deleted_at <= as_of.as_of_at, false) as is_deleted
        from rows_
        cross join as_of
        where rows_.created_at <= as_of.as_of_at
    )

select *
from final
