"""The extract tables of ERP, as rows of text in the contract's column order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulator.documents import Books, Receipt, Return
from simulator.papers import CreditMemo, Replacement
from simulator.stamps import flag, money, utc
from simulator.world import World

Row = tuple[str, ...]
TableRows = Callable[[Books, World], Iterator[Row]]


def all_receipts(books: Books) -> Iterator[Receipt]:
    """Yield the receipts of all returns, then those that belong to none."""
    for document in books.returns:
        yield from document.receipts
    yield from books.stray_receipts


def _latest(*instants: int | None) -> str:
    return utc(max(instant for instant in instants if instant is not None))


def _master_stamp(world: World) -> str:
    """Return the day master data was last changed: the first order rates of the first year known."""
    return f"{min(month for _, month in world.reference.rates)}T05:00:00Z"


def _customers(books: Books, world: World) -> Iterator[Row]:
    for customer in (customer for customers in world.customers.values() for customer in customers):
        number = customer.customer_id.lstrip("0")
        yield (
            customer.customer_id, customer.entity.entity_id, customer.name, f"purchasing@customer{number}.example",
            f"+1 555 {number}", customer.segment, _master_stamp(world),
        )  # fmt: skip


def _suppliers(books: Books, world: World) -> Iterator[Row]:
    for supplier in world.suppliers.values():
        agreement, window = flag(supplier.recovery_agreement), str(supplier.window_days)
        yield supplier.supplier_id, supplier.name, agreement, window, _master_stamp(world)


def _products(books: Books, world: World) -> Iterator[Row]:
    for product in world.products:
        yield (
            product.sku, product.description, product.category, product.supplier.supplier_id, money(product.unit_cost),
            product.supplier.currency, flag(product.hazardous), flag(product.serialized), _master_stamp(world),
        )  # fmt: skip


def _users(books: Books, world: World) -> Iterator[Row]:
    for user_id, (department, is_automation) in world.users.items():
        yield user_id, department, flag(is_automation), _master_stamp(world)


def _order_lines(books: Books, world: World) -> Iterator[Row]:
    for line in books.order_lines:
        yield (
            line.order_id, line.line_no, line.customer.entity.entity_id, line.customer.customer_id, line.product.sku,
            str(line.quantity), money(line.unit_price), line.customer.entity.currency, utc(line.ordered_at),
            utc(line.shipped_at), utc(line.shipped_at),
        )  # fmt: skip


def _returns(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        changes = [change.changed_at for change in document.changes]
        yield (
            document.return_id, document.entity.entity_id, document.rma_number, document.customer.customer_id,
            document.channel_code, document.order_id, document.resolution, document.entity.currency,
            utc(document.created_at), document.created_by, _latest(document.created_at, document.deleted_at, *changes),
            utc(document.deleted_at),
        )  # fmt: skip


def _return_lines(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        for line in document.lines:
            sold = line.order_line
            yield (
                document.return_id, line.line_no, sold.product.sku, sold.line_no, str(line.quantity),
                money(sold.unit_price), line.reason_code or "", line.serial_number or "",
                _warranty(document, line.quantity), utc(document.created_at),
            )  # fmt: skip


def _warranty(document: Return, quantity: int) -> str:
    return ("in_warranty", "out_of_warranty", "")[(document.number + quantity) % 3]


def _changes(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        for change in document.changes:
            stamp, by = utc(change.changed_at), change.changed_by
            yield change.change_id, document.return_id, change.from_status or "", change.to_status, stamp, by


def _dispositions(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        for one in document.dispositions:
            executed = one.dates.get("executed_at") or utc(one.executed_at)
            yield (
                one.disposition_id, document.return_id, one.line_no, str(one.quantity), one.code, utc(one.decided_at),
                one.decided_by, executed, one.executed_by or "", money(one.recovered_value), one.currency,
                _latest(one.decided_at, one.executed_at),
            )  # fmt: skip


def _memos(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        yield from map(_memo, document.memos)
    yield from map(_memo, books.stray_memos)


def _memo(memo: CreditMemo) -> Row:
    return (
        memo.credit_memo_id, memo.entity.entity_id, memo.return_id or "", memo.line_no or "", money(memo.amount),
        memo.currency, utc(memo.created_at), memo.created_by, utc(memo.approved_at), memo.approved_by or "",
        memo.dates.get("posted_at") or utc(memo.posted_at), memo.posted_by or "", memo.gl_document or "",
        utc(memo.cancelled_at), memo.cancelled_by or "",
        _latest(memo.created_at, memo.approved_at, memo.posted_at, memo.cancelled_at),
    )  # fmt: skip


def _replacements(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        yield from map(_replacement, document.replacements)
    yield from map(_replacement, books.stray_replacements)


def _replacement(order: Replacement) -> Row:
    return (
        order.replacement_id, order.entity.entity_id, order.return_id or "", order.customer.customer_id,
        order.product.sku, str(order.quantity), utc(order.created_at), order.created_by,
        order.dates.get("shipped_at") or utc(order.shipped_at), _latest(order.created_at, order.shipped_at),
    )  # fmt: skip


def _claims(books: Books, world: World) -> Iterator[Row]:
    for document in books.returns:
        for claim in document.claims:
            supplier = claim.line.order_line.product.supplier
            yield (
                claim.claim_id, document.return_id, claim.line.line_no, supplier.supplier_id,
                money(claim.claimed_amount), supplier.currency, utc(claim.created_at), claim.created_by,
                utc(claim.submitted_at), claim.submitted_by or "", utc(claim.decided_at), claim.decision or "",
                money(claim.recovered_amount), claim.dates.get("credited_at") or utc(claim.credited_at),
                _latest(claim.created_at, claim.submitted_at, claim.decided_at, claim.credited_at),
            )  # fmt: skip


def _postings(books: Books, world: World) -> Iterator[Row]:
    for receipt in all_receipts(books):
        for one in receipt.postings:
            entity_id = receipt.site.entity.entity_id
            yield one.key, entity_id, receipt.receipt_id, one.stock_status, utc(one.moved_at), one.moved_by


ERP_TABLES: dict[str, TableRows] = {
    "customers": _customers,
    "suppliers": _suppliers,
    "products": _products,
    "users": _users,
    "sales_order_lines": _order_lines,
    "returns": _returns,
    "return_lines": _return_lines,
    "return_status_changes": _changes,
    "dispositions": _dispositions,
    "credit_memos": _memos,
    "replacement_orders": _replacements,
    "supplier_claims": _claims,
    "stock_postings": _postings,
}
