"""Which documents changed rows touch, with everything whose rows in the warehouse depend on them.

Touched keys are tables of the attached database `part`: `part.touched.<table>` with one column `id`. What the
published build knows of untouched documents holds; of a touched one every version counts, before and after.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.incremental.documents import (
    CHILDREN,
    DOCUMENTS,
    MESSAGES,
    NAMING,
    NUMBERED,
    ORDERS,
    RETURNS,
    Child,
    Document,
    Numbered,
)
from pipeline.macros import render
from pipeline.warehouse import Connection

_SKUS = """
    select sku from part.changed.erp__products
    union all
    select products.sku from staging.stg_erp__products as products
    semi join part.changed.erp__suppliers as suppliers on suppliers.supplier_id = products.supplier_id
"""


def make_sets(con: Connection) -> None:
    """Make the empty sets, and look up once what links untouched documents to returns."""
    con.execute("create schema part.touched")
    for document in DOCUMENTS:
        con.execute(f"create table {document.touched} (id varchar)")
    con.execute("create schema part.waiting")
    con.execute("create table part.waiting.returns (id varchar)")
    key = render("normalised_number", column="rma_number")
    con.execute(
        f"""
        create temp table numbered_returns as
        select return_id, entity_id, {key} as rma_key, order_id from staging.stg_erp__returns
        """
    )
    unlinked = " union all ".join(_unlinked(document) for document in NUMBERED)
    con.execute(f"create temp table unlinked as {unlinked}")


def touch(con: Connection, document: Document, ids: str) -> int:
    """Add the ids that the query `ids` gives (one column `id`); return how many are new."""
    new = f"select id from ({ids}) as found where id is not null group by id"
    answer = con.execute(f"insert into {document.touched} from ({new}) as new anti join {document.touched} using (id)")
    [(count,)] = answer.fetchall()
    return int(count)


def touch_changed(con: Connection) -> None:
    """Touch the documents of changed rows, and the returns that read changed master data."""
    for document in DOCUMENTS:
        touch(con, document, f"select {document.key} as id from part.changed.{document.table}")
    touch(con, RETURNS, _readers("staging.stg_erp__returns", "customer_id", "erp__customers", "customer_id"))
    touch(con, RETURNS, _readers("event_log.events", "resource", "erp__users", "user_id", result="case_id"))
    for lines in ("returns.return_lines", "returns.receipts"):
        touch(
            con, RETURNS, f"select return_id as id from {lines} as rows_ semi join ({_SKUS}) as p on p.sku = rows_.sku"
        )
    touch_named(con)


def touch_named(con: Connection) -> None:
    """Touch what any version of a touched document names: its return or its parent, or a return by the number."""
    for naming in NAMING:
        touch(con, RETURNS, f"select return_id as id from ({versions(naming)})")
    for child in CHILDREN:
        touch(con, owner_of(child), f"select {child.parent} as id from ({versions(child)})")
    for meeting in NUMBERED:
        touch(con, RETURNS, _returns_of_numbers(_with_entity(meeting, versions(meeting))))


def owner_of(child: Child) -> Document:
    """Return what the rows of `child` hang on."""
    return next(document for document in DOCUMENTS if document.table == child.of)


def versions(document: Document) -> str:
    """Return the query of every version of the touched documents: the rows that there are, and those that changed."""
    touched = f"semi join {document.touched} as touched on touched.id = rows_.{document.key}"
    return (
        f"select rows_.* from raw.{document.table} as rows_ {touched}"
        f" union all by name select rows_.* from part.changed.{document.table} as rows_ {touched}"
    )


def settle(con: Connection, asked: dict[str, int]) -> None:
    """Touch on until nothing more is: returns that share a number or an order, and the documents of touched returns.

    `asked` keeps how many documents each question has been asked from: of no more than those it is not asked again.
    """

    def touch_from(source: Document, document: Document, ids: str) -> int:
        [(size,)] = con.execute(f"select count(*) from {source.touched}").fetchall()
        if asked.get(ids) == size:
            return 0
        asked[ids] = size
        return touch(con, document, ids)

    while sum(touch_from(*step) for step in _steps()):
        pass
    for numbered in NUMBERED:
        touch_from(RETURNS, numbered, _documents_of_returns(numbered))
    for naming in NAMING:
        touch_from(RETURNS, naming, _staged(naming, "return_id", RETURNS))
    for child in CHILDREN:
        touch_from(owner_of(child), child, _staged(child, child.parent, owner_of(child)))


def _steps() -> Iterator[tuple[Document, Document, str]]:
    """What can bring in other returns: from which documents, to which, by which ids."""
    for numbered in NUMBERED:
        yield numbered, RETURNS, _linked_returns(numbered)
    for naming in NAMING:
        link = f"select rows_.return_id as id from staging.stg_{naming.table} as rows_"
        yield naming, RETURNS, f"{link} semi join {naming.touched} as t on t.id = rows_.{naming.key}"
    yield RETURNS, RETURNS, _returns_of_numbers(_numbers_of_returns())
    yield RETURNS, ORDERS, f"select order_id as id from ({versions(RETURNS)})"
    orders = f"semi join {ORDERS.touched} as t on t.id = rows_.order_id"
    yield ORDERS, RETURNS, f"select return_id as id from temp.numbered_returns as rows_ {orders}"
    yield RETURNS, MESSAGES, _documents_of_returns(MESSAGES)


def _linked_returns(document: Numbered) -> str:
    """The returns that the published build has met with touched documents."""
    return (
        f"select rows_.return_id as id from {document.linked} as rows_"
        f" semi join {document.touched} as t on t.id = rows_.{document.linked_key}"
    )


def _documents_of_returns(document: Numbered) -> str:
    """Documents that the published build has met with touched returns, and unlinked ones that have their number."""
    return f"""
        select rows_.{document.linked_key} as id from {document.linked} as rows_
        semi join {RETURNS.touched} as t on t.id = rows_.return_id
        union all
        select rows_.id from temp.unlinked as rows_
        semi join ({_numbers_of_returns()}) as n on n.entity_id = rows_.entity_id and n.rma_key = rows_.rma_key
        where rows_.table_name = '{document.table}'
    """


def _staged(document: Document, column: str, owner: Document) -> str:
    """The documents whose `column`, as the published build has it, names a touched one of `owner`."""
    touched = f"semi join {owner.touched} as t on t.id = rows_.{column}"
    return f"select rows_.{document.key} as id from staging.stg_{document.table} as rows_ {touched}"


def _numbers_of_returns() -> str:
    key = render("normalised_number", column="rma_number")
    return f"select entity_id, {key} as rma_key from ({versions(RETURNS)})"


def _with_entity(document: Numbered, rows: str) -> str:
    """The numbers in `rows` of the document's table, with the entity each is read in."""
    key = render("normalised_number", column="rows_.rma_number")
    sites = "inner join staging.stg_wms__sites as sites on sites.site_id = rows_.site_id" if document.by_site else ""
    entity = "sites.entity_id" if document.by_site else "rows_.entity_id"
    return f"select rows_.{document.key} as id, {entity} as entity_id, {key} as rma_key from ({rows}) as rows_ {sites}"


def _unlinked(document: Numbered) -> str:
    """The documents that the published build has met with no return."""
    rows = f"""
        select * from staging.stg_{document.table} as staged
        anti join (select {document.linked_key} as linked_id from {document.linked} where return_id is not null) as met
            on met.linked_id = staged.{document.key}
    """
    return f"select '{document.table}' as table_name, * from ({_with_entity(document, rows)})"


def _returns_of_numbers(numbers: str) -> str:
    return f"""
        select rows_.return_id as id from temp.numbered_returns as rows_
        semi join ({numbers}) as n on n.entity_id = rows_.entity_id and n.rma_key = rows_.rma_key
    """


def _readers(relation: str, column: str, table: str, key: str, result: str = "return_id") -> str:
    changed = f"semi join part.changed.{table} as changed on changed.{key} = rows_.{column}"
    return f"select rows_.{result} as id from {relation} as rows_ {changed}"
