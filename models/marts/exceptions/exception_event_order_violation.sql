with
    cases as (select * from {{ ref("cases") }}),
    receipts as (select * from {{ ref("receipts") }} where is_matched),
    inspections as (select * from {{ ref("inspections") }}),
    dispositions as (select * from {{ ref("dispositions") }} where needs_receipt),
    credit_memos as (select * from {{ ref("credit_memos") }} where is_effective),

    offending as (
        select
            receipts.return_id as case_id,
            'inspection before receipt' as violation,
            inspections.completed_at as event_at
        from inspections
        inner join receipts on receipts.receipt_id = inspections.receipt_id
        where inspections.completed_at < receipts.received_at
        union all
        select cases.case_id, 'disposition before receipt', dispositions.decided_at
        from dispositions
        inner join cases on cases.case_id = dispositions.return_id
        where dispositions.decided_at < cases.received_at
        union all
        select cases.case_id, 'close before credit', cases.closed_at
        from credit_memos
        inner join cases on cases.case_id = credit_memos.return_id
        where cases.closed_at < credit_memos.posted_at
    ),

    found as (
        select
            cases.case_id as object_id,
            cases.case_id,
            cases.entity_id,
            min(offending.event_at) as detected_at,
            min_by(offending.violation, offending.event_at) as violation
        from offending
        inner join cases on cases.case_id = offending.case_id
        group by cases.case_id, cases.entity_id
    )

    {{ exception_rows("event_order_violation", "return", {"first_violation": "violation"}) }}
