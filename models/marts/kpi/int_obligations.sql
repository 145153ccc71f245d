{#- What customers of returns with a CRM case should have been told, and when the clock of each started. -#}
with
    cases as (select * from {{ ref("cases") }}),
    crm_cases as (select * from {{ ref("crm_cases") }} where return_id is not null),
    postings as (select * from {{ ref("int_credit_postings") }}),

    first_crm_cases as (select return_id, min(opened_at) as opened_at from crm_cases group by return_id),

    final as (
        select cases.case_id, 'acknowledgement' as obligation, first_crm_cases.opened_at as triggered_at
        from cases
        inner join first_crm_cases on first_crm_cases.return_id = cases.case_id
        union all
        select cases.case_id, 'approval_notice', cases.approved_at
        from cases
        inner join first_crm_cases on first_crm_cases.return_id = cases.case_id
        where cases.approved_at is not null
        union all
        select cases.case_id, 'receipt_confirmation', cases.received_at
        from cases
        inner join first_crm_cases on first_crm_cases.return_id = cases.case_id
        where cases.received_at is not null
        union all
        select cases.case_id, 'credit_notice', postings.posted_at
        from cases
        inner join first_crm_cases on first_crm_cases.return_id = cases.case_id
        inner join postings on postings.return_id = cases.case_id
    )

select *
from final
