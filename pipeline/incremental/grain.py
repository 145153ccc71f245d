"""How the rows of each table of the warehouse go together: what a part of a build makes again of it."""

from __future__ import annotations

from pipeline.incremental.documents import DOCUMENTS
from pipeline.settings import SEEDS

RETURNS, ORDERS, RECEIPTS, CASES = "erp__returns", "erp__sales_order_lines", "wms__receipts", "crm__cases"
CREDITS, REPLACEMENTS = "erp__credit_memos", "erp__replacement_orders"
TRACKING, MESSAGES = "tms__tracking_events", "middleware__messages"

# Each table that has rows of documents: the documents whose rows go together, and the column that names them.
ROWS_OF: dict[str, tuple[str, str]] = {
    **{
        f"staging.stg_{one.table}": (getattr(one, "of", one.table), getattr(one, "parent", one.key))
        for one in DOCUMENTS
    },
    "returns.int_returns_as_of": (RETURNS, "return_id"),
    "returns.returns": (RETURNS, "return_id"),
    "returns.return_lines": (RETURNS, "return_id"),
    "returns.rma_links": (RETURNS, "return_id"),
    "returns.return_status_changes": (RETURNS, "return_id"),
    "returns.dispositions": (RETURNS, "return_id"),
    "returns.supplier_claims": (RETURNS, "return_id"),
    "returns.int_return_slices": (RETURNS, "return_id"),
    "returns.int_return_values": (RETURNS, "return_id"),
    "returns.receipts": (RECEIPTS, "receipt_id"),
    "returns.inspections": (RECEIPTS, "receipt_id"),
    "returns.stock_postings": (RECEIPTS, "receipt_id"),
    "returns.stock_moves": (RECEIPTS, "receipt_id"),
    "returns.int_receipt_statuses": (RECEIPTS, "receipt_id"),
    "returns.crm_cases": (CASES, "crm_case_id"),
    "returns.crm_case_events": (CASES, "crm_case_id"),
    "returns.customer_messages": (CASES, "crm_case_id"),
    "returns.credit_memos": (CREDITS, "credit_memo_id"),
    "returns.replacement_orders": (REPLACEMENTS, "replacement_id"),
    "returns.tracking_events": (TRACKING, "tracking_event_id"),
    "returns.integration_messages": (MESSAGES, "message_id"),
    "returns.sales_order_lines": (ORDERS, "order_id"),
    "event_log.int_events_ordered": (RETURNS, "case_id"),
    "event_log.int_case_paths": (RETURNS, "case_id"),
    "event_log.int_case_work": (RETURNS, "case_id"),
    "event_log.cases": (RETURNS, "case_id"),
    "event_log.segments": (RETURNS, "case_id"),
    "event_log.waits": (RETURNS, "case_id"),
    "event_log.work_events": (RETURNS, "case_id"),
    "event_log.owner_changes": (RETURNS, "case_id"),
    "event_log.compared_paths": (RETURNS, "case_id"),
    "marts.int_credit_postings": (RETURNS, "return_id"),
    "marts.int_line_recovery": (RETURNS, "case_id"),
    "marts.int_obligations": (RETURNS, "case_id"),
    "marts.kpi_items": (RETURNS, "case_id"),
}
# Exceptions belong to their return, or to their object where no return is known. Rules come before their union.
EXCEPTIONS = "marts.exceptions"
RULES = "marts.exception_"
OBJECTS = {"receipt": RECEIPTS, "credit_memo": CREDITS, "replacement_order": REPLACEMENTS, "message": MESSAGES}
# A part has these in full.
TAKEN_WHOLE = (
    *(f"staging.stg_erp__{name}" for name in ("customers", "suppliers", "products", "users")),
    "returns.as_of",
    "returns.as_of_clocks",
)
# Sums over all returns: made again from the merged tables.
SUMMED = ("variants", "work_paths", "edges", "handoffs", "kpi_summary", "load_report")
# Data tests that hold the merged tables together, with those that read sums; the other tests look at the part.
SUMS_ADD_UP = (
    "cases_are_live_returns",
    "events_equal_stamps",
    "kpi_summary_counts_every_item",
    "kpis_of_closed_returns_cover_closed_cases",
    "load_report_adds_up",
    "steps_equal_events_less_cases",
    "variants_cover_cases_and_events",
)
# Reads sums as well, but keys that are unique in the part, and were before, are unique.
KEYS_ARE_UNIQUE = ("marts_have_one_row_per_key",)
# Resting on reference tables and vocabulary alone, which a build that goes on finds unchanged.
STANDING = (
    *(f"staging.{path.stem}" for path in SEEDS.glob("*.csv")),
    "staging.stg_reference__",
    "staging.stg_wms__sites",
    "staging.business_days",
    "staging.entity_clocks",
)
VERDICTS = "event_log.rule_verdicts"
MADE_BY_PROGRAM = ("marts.models", VERDICTS)
