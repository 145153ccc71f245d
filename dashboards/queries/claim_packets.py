"""What a claim to a supplier needs, line by line, from the history of the transactions."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build
from dashboards.queries.asking import bounds, rows
from dashboards.queries.recovery import LIABLE
from dashboards.recovery.amounts import PacketLine
from dashboards.scope import Scope


@st.cache_data(show_spinner="Putting the claim packet together …", max_entries=16)
def packet(build: Build, scope: Scope, supplier: str) -> tuple[PacketLine, ...]:
    """Return the lines of a supplier that are not filed and whose window is not over, the soonest end first."""
    asked = """,
        received as (
            select return_id, line_no, sum(quantity) as quantity, min(received_at) as received_at
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
            liable.supplier, cases.rma_number, lines.line_no, lines.sku, lines.order_id, lines.quantity,
            lines.unit_cost, lines.line_cost, lines.cost_currency, lines.reason, lines.warranty_status,
            received.quantity, received.received_at, found.findings, decided.dispositions,
            liable.decided_at, liable.window_ends_at,
            date_diff('second', as_of.as_of_at, liable.window_ends_at) / 86400.0 as days_left
        from liable
        inner join returns.return_lines as lines on lines.return_id = liable.case_id and lines.line_no = liable.line_no
        inner join event_log.cases as cases on cases.case_id = liable.case_id
        cross join returns.as_of as as_of
        left join received on received.return_id = liable.case_id and received.line_no = liable.line_no
        left join found on found.return_id = liable.case_id and found.line_no = liable.line_no
        left join decided on decided.return_id = liable.case_id and decided.line_no = liable.line_no
        where not liable.is_filed
            and liable.supplier = $supplier
            and (liable.window_ends_at >= as_of.as_of_at or liable.window_ends_at is null)
        order by liable.window_ends_at nulls last, cases.rma_number, lines.line_no
    """
    return tuple(PacketLine(*row) for row in rows(build, LIABLE + asked, {**bounds(scope), "supplier": supplier}))
