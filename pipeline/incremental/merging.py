"""What a part has made, in the place of what the published build had for the same documents."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.incremental.catalogues import PART, using
from pipeline.incremental.grain import (
    EXCEPTIONS,
    MADE_BY_PROGRAM,
    OBJECTS,
    RETURNS,
    ROWS_OF,
    RULES,
    STANDING,
    SUMMED,
    TAKEN_WHOLE,
    VERDICTS,
)
from pipeline.verdicts import rules_of_verdicts, store_verdicts
from pipeline.warehouse import Connection

_OF_RETURNS = f"using part.touched.{RETURNS} as touched where touched.id = case_id"
_OF_OBJECTS = " union all ".join(
    f"select '{kind}' as kind, id from part.touched.{table}" for kind, table in OBJECTS.items()
)


def unknown_tables(con: Connection) -> list[str]:
    """Return the tables of the build on `con` that nothing says how to merge: another version has made them."""
    known = {*ROWS_OF, *TAKEN_WHOLE, EXCEPTIONS, *MADE_BY_PROGRAM}
    rest = (name for name in tables_of_models(con) - known if not name.startswith((*STANDING, RULES)))
    return sorted(name for name in rest if name.partition(".")[2] not in SUMMED)


def merge(con: Connection, remade: Iterable[str]) -> None:
    """Put the rows that the catalogue `part` has made in the place of those of the same documents.

    It has the tables `remade` for returns that wait, too.
    """
    for relation in remade:
        waiting = f"{PART}.waiting.returns as waiting where waiting.id = {relation}.case_id"
        con.execute(f"delete from {relation} using {waiting}")
    con.execute(
        f"""
        delete from marts.kpi_items where case_id is null and item_id in (
            select exception_type || ':' || object_id from {EXCEPTIONS} as lone
            semi join ({_OF_OBJECTS}) as objects on objects.kind = lone.object_type and objects.id = lone.object_id
            where lone.case_id is null
        )
        """
    )
    for relation in sorted(name for name in tables_of_models(con) if name == EXCEPTIONS or name.startswith(RULES)):
        lone = f"{relation}.case_id is null and objects.kind = object_type and objects.id = object_id"
        con.execute(f"delete from {relation} using ({_OF_OBJECTS}) as objects where {lone}")
        _replace(con, relation, _OF_RETURNS)
    for relation, (documents, column) in ROWS_OF.items():
        _replace(con, relation, f"using part.touched.{documents} as touched where touched.id = {relation}.{column}")
    for relation in TAKEN_WHOLE:
        _replace(con, relation, "")
    with using(con, PART):
        judged = rules_of_verdicts(con)
    if judged == rules_of_verdicts(con):
        _replace(con, VERDICTS, _OF_RETURNS)
    else:
        store_verdicts(con)


def _replace(con: Connection, relation: str, rows: str) -> None:
    con.execute(f"delete from {relation} {rows}")
    con.execute(f"insert into {relation} by name from part.{relation}")


def tables_of_models(con: Connection) -> set[str]:
    """The tables of the schemas that the models fill."""
    rows = con.execute(
        """
        select schema_name || '.' || table_name
        from duckdb_tables()
        where database_name = current_database() and schema_name in ('staging', 'returns', 'event_log', 'marts')
        """
    ).fetchall()
    return {str(name) for (name,) in rows}
