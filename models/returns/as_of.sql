{#- Without --as-of: the greatest event time of the whole log, every stamp and every deletion counted.
    A log without events hides nothing: its as-of is the end of the calendar. -#}
with
    build_settings as (select * from {{ source("raw", "build_settings") }}),
    activities as (select * from {{ ref("activities") }}),
    sites as (select * from {{ ref("stg_wms__sites") }}),
    live as (select * from {{ ref("stg_erp__returns") }} where deleted_at is null),

    numbers as (
        select entity_id, {{ normalised_number("rma_number") }} as rma_key
        from live
        group by entity_id, {{ normalised_number("rma_number") }}
    ),

    cases as (
        select rows_.case_id, rows_.opened_at
        from {{ ref("stg_crm__cases") }} as rows_
        inner join
            numbers
            on numbers.entity_id = rows_.entity_id
            and numbers.rma_key = {{ normalised_number("rows_.rma_number") }}
    ),

    receipts as (
        select rows_.receipt_id, rows_.received_at
        from {{ ref("stg_wms__receipts") }} as rows_
        inner join sites on sites.site_id = rows_.site_id
        inner join
            numbers
            on numbers.entity_id = sites.entity_id
            and numbers.rma_key = {{ normalised_number("rows_.rma_number") }}
    ),

    stamps as (
        select max(created_at) as event_at
        from live
        union all
        select max(opened_at)
        from cases
        union all
        select max(rows_.occurred_at)
        from {{ ref("stg_crm__case_events") }} as rows_
        inner join activities on activities.source_table = 'case_events' and activities.trigger = rows_.event_type
        where rows_.case_id in (select case_id from cases)
        union all
        select max(rows_.sent_at)
        from {{ ref("stg_crm__messages") }} as rows_
        where rows_.direction = 'outbound' and rows_.case_id in (select case_id from cases)
        union all
        select max(received_at)
        from receipts
        union all
        select max(greatest(started_at, completed_at))
        from {{ ref("stg_wms__inspections") }}
        where receipt_id in (select receipt_id from receipts)
        union all
        select max(posted_at)
        from {{ ref("stg_erp__stock_postings") }}
        where receipt_id in (select receipt_id from receipts)
        union all
        select max(rows_.changed_at)
        from {{ ref("stg_erp__return_status_changes") }} as rows_
        inner join
            activities on activities.source_table = 'return_status_changes' and activities.trigger = rows_.to_status
        where rows_.return_id in (select return_id from live)
        union all
        select max(greatest(decided_at, executed_at))
        from {{ ref("stg_erp__dispositions") }}
        where return_id in (select return_id from live)
        union all
        select max(greatest(created_at, approved_at, posted_at, cancelled_at))
        from {{ ref("stg_erp__credit_memos") }}
        where return_id in (select return_id from live)
        union all
        select max(greatest(created_at, shipped_at))
        from {{ ref("stg_erp__replacement_orders") }}
        where return_id in (select return_id from live)
        union all
        select max(greatest(created_at, submitted_at, decided_at, credited_at))
        from {{ ref("stg_erp__supplier_claims") }}
        where return_id in (select return_id from live)
        union all
        select max(rows_.occurred_at)
        from {{ ref("stg_tms__tracking_events") }} as rows_
        inner join activities on activities.source_table = 'tracking_events' and activities.trigger = rows_.event_type
        inner join
            numbers
            on numbers.entity_id = rows_.entity_id
            and numbers.rma_key = {{ normalised_number("rows_.rma_number") }}
        union all
        select max(rows_.occurred_at)
        from {{ ref("stg_middleware__messages") }} as rows_
        inner join
            activities
            on activities.source_system = 'middleware'
            and activities.source_table = 'messages'
            and activities.trigger = rows_.status
        inner join
            numbers
            on numbers.entity_id = rows_.entity_id
            and numbers.rma_key = {{ normalised_number("rows_.rma_number") }}
    )

select
    coalesce(max(build_settings.as_of_at), max(stamps.event_at), cast('2089-12-31' as timestamp)) as as_of_at,
    max(build_settings.as_of_at) is not null as is_given
from stamps
cross join build_settings
