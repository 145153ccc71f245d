"""The part of a warehouse that is made again: a catalogue of its own in memory, with the raw rows of touched documents.

Every model's query runs in it as it runs in a warehouse, on tables that have the columns of the published ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from pipeline.contract import Contract
from pipeline.incremental.catalogues import PART, using
from pipeline.incremental.documents import DOCUMENTS
from pipeline.incremental.grain import KEYS_ARE_UNIQUE, STANDING, SUMMED, SUMS_ADD_UP
from pipeline.incremental.merging import tables_of_models
from pipeline.incremental.rows import rows_now
from pipeline.load.dialect import identifier
from pipeline.statements import Statement, run_statements
from pipeline.verdicts import store_verdicts
from pipeline.warehouse import Connection


def fill_part(con: Connection, contract: Contract, as_of: datetime | None) -> None:
    """Fill the attached database `part` with what the models read, for the touched documents alone.

    What all returns share is there in full: rows of master data as they were read, and the staged reference tables,
    calendars and vocabulary, which are as the published build has them.
    """
    keys = {document.table: document for document in DOCUMENTS}
    for table in contract.tables:
        document = keys.get(table.raw_name)
        only = f"semi join {document.touched} as touched on touched.id = rows_.{document.key}" if document else ""
        con.execute(f"create table part.raw.{identifier(table.raw_name)} as {rows_now(table, only)}")
    settings = "select * replace ($as_of::timestamp as as_of_at) from raw.build_settings"
    con.execute(f"create table part.raw.build_settings as {settings}", {"as_of": as_of})
    for relation in sorted(tables_of_models(con)):
        con.execute(f"create table part.{relation} as from {relation} {'' if _stands(relation) else 'limit 0'}")


def run_part(con: Connection, statements: Sequence[Statement], detail: Callable[[str], None]) -> None:
    """Run the models and tests of what belongs to documents in `part`, and judge its returns by the rules.

    Raises BuildError naming the tests that found rows.
    """
    made = {one.name for one in statements if one.relation and not _stands(one.relation)} - set(SUMMED)
    of_part = [one for one in statements if one.name in made or _is_test_of(made, one)]
    with using(con, PART):
        run_statements(con, of_part, detail)
        store_verdicts(con)


def run_sums(con: Connection, statements: Sequence[Statement], detail: Callable[[str], None]) -> None:
    """Make the sums over all returns again, and run the tests that hold them.

    Raises BuildError naming the tests that found rows.
    """
    summed = set(SUMMED)
    run_statements(con, [one for one in statements if one.name in summed or _is_test_of_sums(one)], detail)


def _is_test_of_sums(one: Statement) -> bool:
    is_of_sums = one.name in SUMS_ADD_UP or not set(SUMMED).isdisjoint(one.reads)
    return one.kind == "test" and is_of_sums and one.name not in KEYS_ARE_UNIQUE


def _is_test_of(made: set[str], one: Statement) -> bool:
    return one.kind == "test" and not made.isdisjoint(one.reads) and not _is_test_of_sums(one)


def _stands(relation: str) -> bool:
    return relation.startswith(STANDING)


def touched_share(con: Connection) -> tuple[int, int, int]:
    """Return how many returns are touched, how many others wait for something, and how many there are."""
    [counts] = con.execute(
        """
        select
            (select count(*) from part.touched.erp__returns),
            (select count(*) from part.waiting.returns),
            (select count(*) from staging.stg_erp__returns)
        """
    ).fetchall()
    return int(counts[0]), int(counts[1]), int(counts[2])
