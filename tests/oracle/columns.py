"""The extract contract, version 1: `name`, `*` required, `!` key (and required), `:type` unless text."""

from __future__ import annotations

from dataclasses import dataclass

OPTIONAL_SYSTEMS = ("tms", "middleware")

CONTRACT = """
reference.entities entity_id! name* country time_zone* currency* calendar_id*
reference.calendars calendar_id! weekday!:integer open_time*:time close_time*:time
reference.holidays calendar_id! holiday_date!:date name
reference.fx_rates currency! month!:date rate*:number
reference.code_map entity_id! domain! source_code! standard_code*
reference.reasons reason_code! responsibility* supplier_liable*:boolean description
reference.dispositions disposition_code! executed_activity* needs_receipt*:boolean description
reference.sla_targets obligation! business_hours*:number entity_id!
reference.policies entity_id! policy! value*:number
reference.kpi_targets kpi! entity_id! target*:number better*
erp.customers customer_id! entity_id* name email phone segment updated_at:timestamp
erp.suppliers supplier_id! name* recovery_agreement*:boolean claim_window_days*:integer updated_at:timestamp
erp.products sku! description category* supplier_id unit_cost*:number cost_currency* hazardous*:boolean
    serialized*:boolean updated_at:timestamp
erp.users user_id! department* is_automation*:boolean updated_at:timestamp
erp.sales_order_lines order_id! line_no! entity_id* customer_id* sku* quantity*:quantity unit_price*:number
    currency* ordered_at*:timestamp shipped_at:timestamp updated_at:timestamp
erp.returns return_id! entity_id* rma_number* customer_id* channel order_id requested_resolution currency*
    created_at*:timestamp created_by* updated_at*:timestamp deleted_at:timestamp
erp.return_lines return_id! line_no! sku* order_line_no quantity*:quantity unit_price*:number reason_code
    serial_number warranty_status updated_at*:timestamp
erp.return_status_changes change_id! return_id* from_status to_status* changed_at*:timestamp changed_by*
erp.dispositions disposition_id! return_id* line_no* quantity*:quantity disposition_code*
    decided_at*:timestamp decided_by* executed_at:timestamp executed_by recovered_value:number currency*
    updated_at*:timestamp
erp.credit_memos credit_memo_id! entity_id* return_id line_no amount*:amount currency* created_at*:timestamp
    created_by* approved_at:timestamp approved_by posted_at:timestamp posted_by gl_document
    cancelled_at:timestamp cancelled_by updated_at*:timestamp
erp.replacement_orders replacement_id! entity_id* return_id customer_id* sku* quantity*:quantity
    created_at*:timestamp created_by* shipped_at:timestamp updated_at*:timestamp
erp.supplier_claims claim_id! return_id* line_no* supplier_id* claimed_amount*:amount currency*
    created_at*:timestamp created_by* submitted_at:timestamp submitted_by decided_at:timestamp decision
    recovered_amount:amount credited_at:timestamp updated_at*:timestamp
erp.stock_postings posting_id! entity_id* receipt_id* stock_status* posted_at*:timestamp posted_by*
wms.sites site_id! entity_id* time_zone* name
wms.receipts receipt_id! site_id* rma_number sku* quantity*:quantity lpn* received_at*:timestamp received_by*
    updated_at:timestamp
wms.inspections inspection_id! receipt_id* started_at*:timestamp completed_at:timestamp inspected_by*
    condition_code notes updated_at:timestamp
wms.stock_moves move_id! receipt_id* stock_status* moved_at*:timestamp moved_by*
crm.cases case_id! entity_id* customer_id* rma_number channel subject customer_note opened_at*:timestamp
    closed_at:timestamp owner updated_at*:timestamp
crm.case_events event_id! case_id* event_type* occurred_at*:timestamp user_id
crm.messages message_id! case_id* direction* message_type* sent_at*:timestamp
tms.tracking_events event_id! entity_id* rma_number* event_type* occurred_at*:timestamp carrier
middleware.messages message_id! attempt!:integer interface* entity_id rma_number status*
    occurred_at*:timestamp error_code
"""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    required: bool
    key: bool


@dataclass(frozen=True)
class Table:
    system: str
    name: str
    columns: tuple[Column, ...]

    @property
    def full_name(self) -> str:
        return f"{self.system}.{self.name}"

    @property
    def optional(self) -> bool:
        return self.system in OPTIONAL_SYSTEMS

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.key)

    @property
    def stamps(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.type == "timestamp")


def parse_column(word: str) -> Column:
    name, _, kind = word.partition(":")
    return Column(name.rstrip("*!"), kind or "text", name[-1] in "*!", name[-1] == "!")


def parse_tables(text: str) -> dict[str, Table]:
    tables = {}
    for line in text.strip().replace("\n    ", " ").splitlines():
        full_name, *words = line.split()
        system, name = full_name.split(".")
        tables[full_name] = Table(system, name, tuple(parse_column(word) for word in words))
    return tables


TABLES = parse_tables(CONTRACT)
