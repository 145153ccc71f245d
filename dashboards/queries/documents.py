"""The documents of one return, from its lines to the supplier's credit, with their amounts."""

from __future__ import annotations

import streamlit as st

from dashboards.one_return.story import Document
from dashboards.published import Build
from dashboards.queries.asking import rows

_DOCUMENTS = """
    with documents as (
        select
            1 as stage, 'Return line' as kind, line_no as number, line_no, cast(null as timestamp) as dated_at,
            concat_ws(', ', sku, nullif(reason, 'missing'), category) as what, quantity,
            cast(line_value as double) as amount, currency
        from returns.return_lines
        where return_id = $case_id
        union all
        select 2, 'CRM case', crm_case_id, null, opened_at, case when closed_at is null then 'open' else 'closed' end,
            null, null, null
        from returns.crm_cases
        where return_id = $case_id
        union all
        select 3, 'Receipt', receipt_id, line_no, received_at, concat_ws(', ', sku, 'site ' || site_id), quantity,
            null, null
        from returns.receipts
        where return_id = $case_id
        union all
        select 4, 'Inspection', inspection_id, line_no, started_at, condition_code, null, null, null
        from returns.inspections
        where return_id = $case_id
        union all
        select 5, 'Disposition', disposition_id, line_no, decided_at, replace(disposition, '_', ' '), quantity,
            cast(recovered_value as double), case when recovered_value is not null then currency end
        from returns.dispositions
        where return_id = $case_id
        union all
        select 6, 'Credit memo', credit_memo_id, line_no, created_at,
            concat_ws(
                ', ',
                case
                    when cancelled_at is not null then 'cancelled' when posted_at is null then 'not posted'
                    else 'posted'
                end,
                'ledger document ' || gl_document
            ),
            null, cast(amount as double), currency
        from returns.credit_memos
        where return_id = $case_id
        union all
        select 7, 'Replacement order', replacement_id, null, created_at,
            concat_ws(', ', sku, case when shipped_at is null then 'not shipped' else 'shipped' end), quantity,
            null, null
        from returns.replacement_orders
        where return_id = $case_id
        union all
        select 8, 'Supplier claim', claim_id, line_no, created_at,
            concat_ws(
                ', ',
                'supplier ' || supplier_id,
                case when submitted_at is null then 'not submitted' else coalesce(decision, 'submitted') end
            ),
            null, cast(claimed_amount as double), currency
        from returns.supplier_claims
        where return_id = $case_id
        union all
        select 9, 'Supplier credit', claim_id, line_no, credited_at, 'supplier ' || supplier_id, null,
            cast(recovered_amount as double), currency
        from returns.supplier_claims
        where return_id = $case_id and credited_at is not null
    )
    select kind, number, line_no, dated_at, what, cast(quantity as double), amount, currency
    from documents
    order by stage, dated_at, number
"""


@st.cache_data(show_spinner=False, max_entries=64)
def documents(build: Build, case_id: str) -> list[Document]:
    """Return the documents of a return in the order of the process, each as the as-of instant knows it."""
    return [Document(*row) for row in rows(build, _DOCUMENTS, {"case_id": case_id})]
