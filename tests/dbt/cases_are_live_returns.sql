-- Every return that is there and not deleted is one case, created once, and there are no other cases.
with
    returns as (select * from {{ ref("returns") }}),
    cases as (select * from {{ ref("cases") }}),

    created as (
        select case_id, count(*) as rmas_created
        from {{ ref("events") }}
        where activity = 'RMA Created'
        group by case_id
    ),

    final as (
        select returns.return_id, cases.case_id, coalesce(created.rmas_created, 0) as rmas_created
        from returns
        full outer join cases on cases.case_id = returns.return_id
        left join created on created.case_id = returns.return_id
    )

select *
from final
where return_id is null or case_id is null or rmas_created <> 1
