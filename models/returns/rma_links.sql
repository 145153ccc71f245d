with
    returns as (select * from {{ ref("returns") }}),

    final as (
        select entity_id, rma_key, return_id
        from returns
        where rma_key is not null
        qualify row_number() over (partition by entity_id, rma_key order by created_at, return_id) = 1
    )

select *
from final
