with
    replacement_orders as (select * from {{ ref("replacement_orders") }}),

    found as (
        select
            replacement_id as object_id, return_id as case_id, entity_id, created_at as detected_at, written_return_id
        from replacement_orders
        where return_id is null
    )

    {{ exception_rows("disconnected_replacement", "replacement_order", {"return_id": "written_return_id"}) }}
