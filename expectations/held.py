"""Holds the expectations of one relation against a view of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import duckdb

from expectations.result import ExpectationResult
from expectations.suite import Expectation, Suite
from pipeline.warehouse import Connection, column_types

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource


def hold(
    con: Connection, source: SQLDatasource, suite: Suite, expectations: Sequence[Expectation]
) -> Iterator[ExpectationResult]:
    """Yield a result for each of `expectations`, all on one relation of `suite`; `source` works on `con`.

    All of them are asked in one query as a rule, so a view will do; what is dear to find is a table, asked often.
    """
    from expectations.engine import validate

    relation = expectations[0].relation
    view = relation.replace(".", "__")
    kind = "table" if relation in suite.again else "view"
    columns = open_relation(con, kind, view, suite.derived.get(relation, f"from {relation}"))
    able = [expectation for expectation in expectations if columns.issuperset(expectation.columns)]
    found = iter(validate(source, suite.name, view, able) if columns else [])
    for expectation in expectations:
        is_able = bool(columns) and columns.issuperset(expectation.columns)
        yield next(found) if is_able else _absent(suite, expectation, bool(columns))


def open_relation(con: Connection, kind: str, name: str, query: str) -> frozenset[str]:
    """Make a view or a table for this connection alone; return its columns, none when what it reads is not there."""
    try:
        con.execute(f"create or replace temp {kind} {name} as {query}")
    except (duckdb.CatalogException, duckdb.BinderException):
        return frozenset()
    return frozenset(column_types(con, name))


def _absent(suite: Suite, expectation: Expectation, is_relation_there: bool) -> ExpectationResult:
    """The failure of an expectation about a relation or a column that the warehouse does not have."""
    return ExpectationResult(
        suite=suite.name,
        relation=expectation.relation,
        expectation=expectation.kind,
        column_name=expectation.column_name,
        severity=expectation.severity,
        success=False,
        observed="the column is missing" if is_relation_there else "the table, or a column it needs, is missing",
        unexpected_count=None,
        element_count=None,
    )
