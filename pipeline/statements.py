"""What dbt has run for each model and data test of a build, kept so that a build that goes on runs the very same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from pipeline.errors import BuildError
from pipeline.warehouse import Connection

TABLE = "raw.build_statements"
_SHOWN_FAILURES = 10


@dataclass(frozen=True)
class Statement:
    """The query of a model or a data test, on tables named `schema.table`: it runs in any catalogue that has them.

    `kind` is `table`, `view` or `test`; `relation` is the `schema.table` that a model fills, empty for a test. `reads`
    names the models and seeds that the query reads.
    """

    name: str
    kind: str
    relation: str
    query: str
    reads: tuple[str, ...]


def statements_of(results: Iterable[Any]) -> tuple[Statement, ...]:
    """Return what dbt's results of models and data tests have run."""
    nodes = (result.node for result in results)
    return tuple(_statement(node) for node in nodes if node.resource_type in ("model", "test"))


def _statement(node: Any) -> Statement:
    is_test = node.resource_type == "test"
    reads = (name.split(".") for name in node.depends_on.nodes)
    return Statement(
        name=node.name,
        kind="test" if is_test else node.config.materialized,
        relation="" if is_test else f"{node.schema}.{node.alias}",
        query=node.compiled_code.replace(f'"{node.database}".', ""),
        reads=tuple(name for kind, _, name in (parts[:3] for parts in reads) if kind != "source"),
    )


def keep_statements(con: Connection, statements: Iterable[Statement]) -> None:
    """Write `TABLE`: one row per statement, columns as the fields of `Statement`."""
    columns = "name varchar, kind varchar, relation varchar, query varchar, reads varchar[]"
    con.execute(f"create or replace table {TABLE} ({columns})")
    rows = [(one.name, one.kind, one.relation, one.query, list(one.reads)) for one in statements]
    if rows:
        con.executemany(f"insert into {TABLE} values (?, ?, ?, ?, ?)", rows)  # noqa: S608 -- the program's own name


def statements_of_build(con: Connection) -> tuple[Statement, ...]:
    """Return the statements of the build on `con`, each after those that fill what it reads."""
    rows = con.execute(f"select name, kind, relation, query, reads from {TABLE} order by name").fetchall()  # noqa: S608 -- own name
    known = {name: Statement(name, kind, relation, query, tuple(reads)) for name, kind, relation, query, reads in rows}
    order = TopologicalSorter({one.name: one.reads for one in known.values()}).static_order()
    return tuple(known[name] for name in order if name in known)


def run_statements(con: Connection, statements: Sequence[Statement], detail: Callable[[str], None]) -> None:
    """Fill the tables and make the views of `statements` in the catalogue in use, then ask the tests among them.

    The tables are there already, and what they have is replaced. `detail` hears of each. Raises BuildError naming the
    tests that found rows, duckdb.Error when a statement cannot be run.
    """
    failed = []
    for number, one in enumerate(statements, start=1):
        detail(f"{number} of {len(statements)}: {one.kind} {one.name}")
        if one.kind == "view":
            con.execute(f"create view {one.relation} as {one.query}")
        elif one.kind == "table":
            con.execute(f"delete from {one.relation}")  # noqa: S608
            con.execute(f"insert into {one.relation} by name {one.query}")
        elif found := con.execute(f"select count(*) from ({one.query}) as found").fetchall()[0][0]:  # noqa: S608
            failed.append(f"- {one.name}: {found:,} rows, expected none")
    if failed:
        more = [f"... and {len(failed) - _SHOWN_FAILURES} more"] if len(failed) > _SHOWN_FAILURES else []
        raise BuildError("\n".join([f"{len(failed)} tests failed:", *failed[:_SHOWN_FAILURES], *more]))
