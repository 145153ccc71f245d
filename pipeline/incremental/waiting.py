"""Returns that nothing touched but the clock: the tables that read the as-of instant are made again for them.

All else that the models read of them is as the published build has it, and is read there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.incremental.catalogues import PART, WAITING, attach, using
from pipeline.incremental.grain import KEYS_ARE_UNIQUE, SUMMED, SUMS_ADD_UP, VERDICTS
from pipeline.incremental.moving_instant import READERS_OF_AS_OF
from pipeline.statements import Statement, run_statements
from pipeline.verdicts import store_verdicts
from pipeline.warehouse import Connection, column_types

_KEYS = {"returns": "return_id", "event_log": "case_id", "marts": "case_id"}
_OFTEN_READ = ("event_log.int_events_ordered", "event_log.cases")
_OF_PART = ("returns.as_of", "returns.as_of_clocks")


def remake_waiting(con: Connection, statements: Sequence[Statement], detail: Callable[[str], None]) -> tuple[str, ...]:
    """Make again, for the returns in `part.waiting`, what reads the as-of instant and all that reads that.

    They are added to those of `PART`; returns which they are, none when nothing waits. Raises BuildError naming the
    tests that found rows.
    """
    if not con.execute(f"from {PART}.waiting.returns limit 1").fetchall():
        return ()
    attach(con, WAITING)
    made = list(_made_again(statements))
    names = {one.name for one in made}
    tests = [one for one in statements if one.kind == "test" and _is_of(one, names)]
    tables = tuple(one.relation for one in made if one.kind == "table")
    for relation in tables:
        con.execute(f"create table {WAITING}.{relation} as from {relation} limit 0")
    views = _open_what_is_read(con, statements, [*made, *tests], names)
    with using(con, WAITING):
        run_statements(con, [*views, *made, *tests], detail)
        store_verdicts(con)
    remade = (*tables, VERDICTS)
    for relation in remade:
        con.execute(f"insert into {PART}.{relation} by name from {WAITING}.{relation}")
    con.execute(f"detach {WAITING}")
    return remade


def _made_again(statements: Sequence[Statement]) -> Iterator[Statement]:
    names = set(READERS_OF_AS_OF)
    for one in statements:
        if one.kind != "test" and one.name not in SUMMED and (one.name in names or not names.isdisjoint(one.reads)):
            names.add(one.name)
            yield one


def _is_of(test: Statement, made: set[str]) -> bool:
    return not made.isdisjoint(test.reads) and test.name not in (*SUMS_ADD_UP, *KEYS_ARE_UNIQUE)


def _open_what_is_read(
    con: Connection, statements: Sequence[Statement], readers: Sequence[Statement], made: set[str]
) -> list[Statement]:
    """Open each published table that `readers` read, as the rows of waiting returns; return the views of models."""
    models = {one.name: one for one in statements if one.kind != "test"}
    wanted, views = [name for one in readers for name in one.reads], {}
    seen = set(made)
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in models and models[name].kind == "view":
            views[name] = models[name]
            wanted += models[name].reads
        else:
            _open(con, models[name].relation if name in models else f"staging.{name}")
    return [one for one in statements if one.name in views]


def _open(con: Connection, relation: str) -> None:
    [(home,)] = con.execute("select current_database()").fetchall()
    key = _KEYS.get(relation.partition(".")[0])
    catalogue = PART if relation in _OF_PART else home
    query = f"select rows_.* from {catalogue}.{relation} as rows_"
    if key in column_types(con, relation):
        query += f" semi join {PART}.waiting.returns as waiting on waiting.id = rows_.{key}"
    kind = "table" if relation in _OFTEN_READ else "view"
    con.execute(f"create {kind} {WAITING}.{relation} as {query}")
