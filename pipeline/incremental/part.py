"""The part of a warehouse that is made again: a file of its own with the raw rows of the touched documents."""

from __future__ import annotations

from pipeline.contract import Contract
from pipeline.incremental.documents import DOCUMENTS
from pipeline.incremental.grain import STANDING
from pipeline.incremental.merging import tables_of_models
from pipeline.load.dialect import identifier
from pipeline.warehouse import Connection


def fill_part(con: Connection, contract: Contract) -> None:
    """Fill the attached database `part` with what the models read, for the touched documents alone.

    What all returns share is there in full: rows of master data as they were read, and the staged reference tables,
    calendars and vocabulary, which are as the published build has them.
    """
    con.execute("create schema part.raw")
    con.execute("create schema part.staging")
    keys = {document.table: document for document in DOCUMENTS}
    for table in contract.tables:
        document, raw = keys.get(table.raw_name), identifier(table.raw_name)
        only = f"semi join {document.touched} as touched on touched.id = rows_.{document.key}" if document else ""
        con.execute(f"create table part.raw.{raw} as select rows_.* from raw.{raw} as rows_ {only}")
    con.execute("create table part.raw.build_settings as from raw.build_settings")
    for relation in sorted(name for name in tables_of_models(con) if name.startswith(STANDING)):
        con.execute(f"create table part.{relation} as from {relation}")


def touched_share(con: Connection) -> tuple[int, int]:
    """Return how many returns are touched, and how many there are."""
    [counts] = con.execute(
        """
        select
            (select count(*) from part.touched.erp__returns),
            (select count(*) from staging.stg_erp__returns)
        """
    ).fetchall()
    return int(counts[0]), int(counts[1])
