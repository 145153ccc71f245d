"""The extract tables of WMS, CRM, TMS and the middleware, as rows of text in the contract's column order."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.clock import Zone
from simulator.contacts import Case
from simulator.documents import Books
from simulator.stamps import local, offset, utc
from simulator.tables_erp import ERP_TABLES, Row, TableRows, all_receipts
from simulator.world import World


def _sites(books: Books, world: World) -> Iterator[Row]:
    for site in world.warehouses.values():
        yield site.site_id, site.entity.entity_id, site.zone.name, site.name


def _receipts(books: Books, world: World) -> Iterator[Row]:
    for receipt in all_receipts(books):
        stamp = local(receipt.received_at, receipt.site.zone)
        yield (
            receipt.receipt_id, receipt.site.site_id, receipt.rma_written or "", receipt.product.sku,
            str(receipt.quantity), f"LPN{receipt.receipt_id}", stamp, receipt.received_by, stamp,
        )  # fmt: skip


def _inspections(books: Books, world: World) -> Iterator[Row]:
    for receipt in all_receipts(books):
        for one in receipt.inspections:
            completed = local(one.completed_at, receipt.site.zone)
            started = local(one.started_at, receipt.site.zone)
            note = "" if one.completed_at is None else 'see sheet, "page 2"' if one.started_at % 9 == 0 else ""
            yield (
                one.inspection_id, receipt.receipt_id, started, completed, one.inspected_by, one.condition_code or "",
                note, completed or started,
            )  # fmt: skip


def _moves(books: Books, world: World) -> Iterator[Row]:
    for receipt in all_receipts(books):
        for one in receipt.moves:
            stamp = local(one.moved_at, receipt.site.zone)
            yield one.key, receipt.receipt_id, one.stock_status, stamp, one.moved_by


def _all_cases(books: Books) -> Iterator[Case]:
    for document in books.returns:
        yield from document.cases
    yield from books.stray_cases


def _cases(books: Books, world: World) -> Iterator[Row]:
    for case in _all_cases(books):
        where = case.customer.entity.zone
        subject = "Return request" if case.rma_written else "Question"
        changed_at = case.opened_at if case.closed_at is None else case.closed_at
        yield (
            case.case_id, case.customer.entity.entity_id, case.customer.customer_id, case.rma_written or "",
            case.channel_code, subject, case.note or "", offset(case.opened_at, where), offset(case.closed_at, where),
            case.owner or "", offset(changed_at, where),
        )  # fmt: skip


def _case_events(books: Books, world: World) -> Iterator[Row]:
    for case in _all_cases(books):
        where = case.customer.entity.zone
        for event in case.events:
            stamp, user = offset(event.occurred_at, where), event.user_id or ""
            yield event.event_id, case.case_id, event.event_type, stamp, user


def _messages(books: Books, world: World) -> Iterator[Row]:
    for case in _all_cases(books):
        where = case.customer.entity.zone
        for message in case.messages:
            stamp = offset(message.sent_at, where)
            yield message.message_id, case.case_id, message.direction, message.message_type, stamp


def _tracking(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        where: Zone = document.entity.zone
        for step in document.tracking:
            stamp = offset(step.occurred_at, where)
            yield step.event_id, document.entity.entity_id, step.rma_written, step.event_type, stamp, step.carrier


def _attempts(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        for one in document.attempts:
            yield (
                one.message_id, str(one.attempt), one.interface, document.entity.entity_id, document.rma_number,
                one.status, utc(one.occurred_at), one.error_code or "",
            )  # fmt: skip


TABLE_ROWS: dict[tuple[str, str], TableRows] = {
    **{("erp", name): rows for name, rows in ERP_TABLES.items()},
    ("wms", "sites"): _sites,
    ("wms", "receipts"): _receipts,
    ("wms", "inspections"): _inspections,
    ("wms", "stock_moves"): _moves,
    ("crm", "cases"): _cases,
    ("crm", "case_events"): _case_events,
    ("crm", "messages"): _messages,
    ("tms", "tracking_events"): _tracking,
    ("middleware", "messages"): _attempts,
}
