{{ config(materialized="view") }}
{#- Every object that an event touches: its return, and the documents that it creates, changes or moves. -#}
{% set documents = {
    "credit_memos": "credit_memo",
    "replacement_orders": "replacement_order",
    "supplier_claims": "supplier_claim",
} %}

with
    events as (select * from {{ ref("events") }}),
    objects as (select * from {{ ref("objects") }}),

    links as (
        select event_id, case_id, 'return' as object_type, case_id as object_id, 'case' as qualifier
        from events
        union all
        select event_id, case_id, 'return_line', case_id || '-' || line_no, 'line'
        from events
        where line_no is not null
        union all
        select event_id, case_id, 'receipt', receipt_id, 'goods'
        from events
        where receipt_id is not null
        union all
        select event_id, case_id, 'crm_case', crm_case_id, 'request'
        from events
        where crm_case_id is not null
        {% for table, object_type in documents.items() %}
            union all
            select event_id, case_id, '{{ object_type }}', source_key, 'document'
            from events
            where source_table = '{{ table }}'
        {% endfor %}
    ),

    final as (
        select links.event_id, links.object_type, links.object_id, links.qualifier
        from links
        inner join
            objects
            on objects.object_type = links.object_type
            and objects.object_id = links.object_id
            and objects.case_id = links.case_id
    )

select *
from final
