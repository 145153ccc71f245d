with
    cases as (select * from {{ ref("cases") }}),
    replacement_orders as (select * from {{ ref("replacement_orders") }}),

    replaced as (select return_id from replacement_orders group by return_id),

    found as (
        select
            cases.case_id as object_id,
            cases.case_id,
            cases.entity_id,
            cases.closed_at as detected_at,
            cases.requested_resolution
        from cases
        left join replaced on replaced.return_id = cases.case_id
        where cases.is_closed and cases.requested_resolution = 'replacement' and replaced.return_id is null
    )

    {{ exception_rows("missing_replacement", "return", {"requested_resolution": "requested_resolution"}) }}
