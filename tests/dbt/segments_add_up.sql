-- The segments of a closed return are its time from request to close, to the microsecond, on both clocks.
with
    segments as (select * from {{ ref("segments") }}),
    cases as (select * from {{ ref("cases") }} where is_closed),

    totals as (
        select
            case_id,
            sum(elapsed_micros) as elapsed_micros,
            sum(business_micros) as business_micros,
            min(elapsed_micros) as least_elapsed_micros,
            min(business_micros) as least_business_micros
        from segments
        group by case_id
    )

select cases.case_id, totals.elapsed_micros, totals.business_micros
from cases
left join totals on totals.case_id = cases.case_id
where
    totals.elapsed_micros is distinct from greatest({{ micros_between("cases.requested_at", "cases.closed_at") }}, 0)
    or totals.business_micros is distinct from case
        when cases.closed_micros < cases.requested_micros then 0 else cases.closed_micros - cases.requested_micros
    end
    or totals.least_elapsed_micros < 0
    or totals.least_business_micros < 0
