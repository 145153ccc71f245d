"""The extract tables by what their rows belong to: which rows go together into a part of a build."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A table whose rows with one `key` go together; a set of touched keys bears the table's name.

    `returns` is the column that names a return, None for a table that meets returns by their number or not at all.
    """

    table: str
    key: str
    returns: str | None = None

    @property
    def touched(self) -> str:
        """The relation of the touched keys (column `id`)."""
        return f"part.touched.{self.table}"


@dataclass(frozen=True)
class Child(Document):
    """A table whose rows hang on a document: `parent` names it in the rows, `of` is the parent's table."""

    parent: str = ""
    of: str = ""


@dataclass(frozen=True)
class Numbered(Document):
    """A table that meets returns by the number written in its rows; `linked` has what the published build met.

    `linked_key` is the key's name there, `by_site` whether the entity is that of the row's site.
    """

    linked: str = ""
    linked_key: str = ""
    by_site: bool = False


RETURNS = Document("erp__returns", "return_id", "return_id")
ORDERS = Document("erp__sales_order_lines", "order_id")
MESSAGES = Numbered(
    "middleware__messages", "message_id", linked="returns.integration_messages", linked_key="message_id"
)
NUMBERED = (
    Numbered("wms__receipts", "receipt_id", linked="returns.receipts", linked_key="receipt_id", by_site=True),
    Numbered("crm__cases", "case_id", linked="returns.crm_cases", linked_key="crm_case_id"),
    Numbered("tms__tracking_events", "event_id", linked="returns.tracking_events", linked_key="tracking_event_id"),
    MESSAGES,
)
NAMING = (
    Document("erp__credit_memos", "credit_memo_id", "return_id"),
    Document("erp__replacement_orders", "replacement_id", "return_id"),
)
CHILDREN = (
    Child("erp__return_lines", "return_id", parent="return_id", of=RETURNS.table),
    Child("erp__return_status_changes", "change_id", parent="return_id", of=RETURNS.table),
    Child("erp__dispositions", "disposition_id", parent="return_id", of=RETURNS.table),
    Child("erp__supplier_claims", "claim_id", parent="return_id", of=RETURNS.table),
    Child("erp__stock_postings", "posting_id", parent="receipt_id", of="wms__receipts"),
    Child("wms__inspections", "inspection_id", parent="receipt_id", of="wms__receipts"),
    Child("wms__stock_moves", "move_id", parent="receipt_id", of="wms__receipts"),
    Child("crm__case_events", "event_id", parent="case_id", of="crm__cases"),
    Child("crm__messages", "message_id", parent="case_id", of="crm__cases"),
)
DOCUMENTS: tuple[Document, ...] = (RETURNS, ORDERS, *NUMBERED, *NAMING, *CHILDREN)
