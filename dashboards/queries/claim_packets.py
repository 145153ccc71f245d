"""What a claim to a supplier needs, line by line, from the history of the transactions."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build
from dashboards.queries import reference
from dashboards.queries.asking import bounds, rows
from dashboards.queries.recovery import LIABLE
from dashboards.recovery.amounts import Evidence, PacketLine
from dashboards.scope import Scope

_CLAIMABLE = (
    LIABLE
    + """,
    claimable as (
        select
            liable.*, cases.rma_number, cases.entity_id, cases.requested_at,
            date_diff('second', as_of.as_of_at, liable.window_ends_at) / 86400.0 as days_left
        from liable
        inner join event_log.cases as cases on cases.case_id = liable.case_id
        cross join returns.as_of as as_of
        where not liable.is_filed
            and liable.supplier = $supplier
            and (liable.window_ends_at >= as_of.as_of_at or liable.window_ends_at is null)
    )
"""
)


@st.cache_data(show_spinner="Putting the claim packet together …", max_entries=16)
def packet(build: Build, scope: Scope, supplier: str) -> tuple[PacketLine, ...]:
    """Return the lines of a supplier that are not filed and whose window is not over, the soonest end first."""
    asked = """,
        received as (
            select
                return_id, line_no, sum(quantity) as quantity, min(received_at) as received_at,
                string_agg(receipt_id, ', ' order by received_at, receipt_id) as receipts
            from returns.receipts
            group by return_id, line_no
        ),
        found as (
            select return_id, line_no, string_agg(distinct condition_code, ', ' order by condition_code) as findings
            from returns.inspections
            group by return_id, line_no
        ),
        decided as (
            select return_id, line_no, string_agg(distinct disposition, ', ' order by disposition) as dispositions
            from returns.dispositions
            group by return_id, line_no
        )
        select
            claimable.supplier, claimable.rma_number, lines.line_no, claimable.case_id, claimable.entity_id, lines.sku,
            lines.category, lines.order_id, lines.order_line_no, claimable.requested_at, lines.quantity,
            lines.unit_cost, lines.line_cost, lines.cost_currency, cast(claimable.unclaimed as double), $currency,
            lines.reason, lines.warranty_status, received.receipts, received.quantity, received.received_at,
            found.findings, decided.dispositions, claimable.decided_at, claimable.window_ends_at, claimable.days_left
        from claimable
        inner join returns.return_lines as lines
            on lines.return_id = claimable.case_id and lines.line_no = claimable.line_no
        left join received on received.return_id = claimable.case_id and received.line_no = claimable.line_no
        left join found on found.return_id = claimable.case_id and found.line_no = claimable.line_no
        left join decided on decided.return_id = claimable.case_id and decided.line_no = claimable.line_no
        order by claimable.window_ends_at nulls last, claimable.rma_number, lines.line_no, claimable.case_id
    """
    currency = reference.reporting_currency(build)
    given = {**bounds(scope), "supplier": supplier, "currency": currency}
    return tuple(PacketLine(*row) for row in rows(build, _CLAIMABLE + asked, given))


@st.cache_data(show_spinner="Gathering the documents …", max_entries=16)
def evidence(build: Build, scope: Scope, supplier: str) -> tuple[Evidence, ...]:
    """Return the documents behind the lines of a supplier's packet, line by line in the order of the process."""
    asked = """,
        documents as (
            select
                return_id, line_no, 1 as stage, 'return line' as kind, line_no as number,
                cast(null as timestamp) as dated_at, concat_ws(', ', sku, nullif(reason, 'missing')) as what, quantity,
                line_cost as amount, cost_currency as currency, 'erp' as source_system,
                'return_lines' as source_table, source_key
            from returns.return_lines
            union all
            select
                return_id, line_no, 2, 'receipt', receipt_id, received_at, 'site ' || site_id, quantity, null, null,
                'wms', 'receipts', source_key
            from returns.receipts
            union all
            select
                return_id, line_no, 3, 'inspection', inspection_id, coalesce(completed_at, started_at), condition_code,
                null, null, null, 'wms', 'inspections', source_key
            from returns.inspections
            union all
            select
                return_id, line_no, 4, 'disposition', disposition_id, decided_at, disposition, quantity,
                recovered_value, currency, 'erp', 'dispositions', source_key
            from returns.dispositions
            union all
            select
                return_id, line_no, 5, 'credit memo', credit_memo_id, coalesce(posted_at, created_at),
                case when posted_at is null then 'not posted' else 'credit to the customer' end, null, amount, currency,
                'erp', 'credit_memos', source_key
            from returns.credit_memos
            union all
            select
                return_id, line_no, 6, 'claim, not submitted', claim_id, created_at, null, null, claimed_amount,
                currency, 'erp', 'supplier_claims', source_key
            from returns.supplier_claims
        )
        select
            claimable.rma_number, claimable.line_no, kind, number, dated_at, what, quantity, amount, currency,
            source_system, source_table, source_key
        from documents
        inner join claimable on claimable.case_id = documents.return_id and claimable.line_no = documents.line_no
        order by
            claimable.window_ends_at nulls last, claimable.rma_number, claimable.line_no, claimable.case_id, stage,
            dated_at, number
    """
    return tuple(Evidence(*row) for row in rows(build, _CLAIMABLE + asked, {**bounds(scope), "supplier": supplier}))
