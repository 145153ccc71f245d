"""Runs every suite on a warehouse file and, where asked, writes the data docs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from expectations.data_docs import write_data_docs
from expectations.event_log import event_log_suite
from expectations.facts import Facts, read_facts
from expectations.landing import landing_suite
from expectations.marts import marts_suite
from expectations.result import ExpectationResult
from expectations.suite import Expectation, Suite
from pipeline.contract import Contract, load_contract
from pipeline.warehouse import Connection, column_types, reading

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource


def all_suites(contract: Contract, facts: Facts) -> tuple[Suite, ...]:
    """Return the suites in the order the data flows."""
    return landing_suite(contract, facts), event_log_suite(facts), marts_suite(facts)


def run_expectations(
    warehouse: Path, docs: Path | None, progress: Callable[[str], None]
) -> tuple[ExpectationResult, ...]:
    """Run every expectation in a warehouse file, opened for reading only; see `hold_expectations`."""
    with reading(warehouse) as con:
        return hold_expectations(con, docs, progress)


def hold_expectations(
    con: Connection, docs: Path | None, progress: Callable[[str], None]
) -> tuple[ExpectationResult, ...]:
    """Run every expectation in the open warehouse and return one result each, in the order of the suites.

    The data docs are written into the folder `docs`, nothing anywhere else but views for this connection. `progress` is
    told each relation. Raises BuildError when an expectation cannot be evaluated.
    """
    from expectations.engine import datasource

    with datasource(con) as source:
        facts = read_facts(con)
        suites = all_suites(load_contract(), facts)
        results = tuple(result for suite in suites for result in run_suite(con, source, suite, progress))
    if docs is not None:
        write_data_docs(docs, suites, results, facts.as_of)
    return results


def run_suite(
    con: Connection, source: SQLDatasource, suite: Suite, progress: Callable[[str], None]
) -> Iterator[ExpectationResult]:
    """Yield a result for each expectation of `suite`, relation by relation; `source` works on `con`."""
    from expectations.engine import validate

    for relation in suite.relations:
        progress(f"{suite.title}: {relation}")
        view = relation.replace(".", "__")
        derived = suite.derived.get(relation)
        columns = _open(con, "table" if derived else "view", view, derived or f"from {relation}")
        expectations = suite.of_relation(relation)
        able = [expectation for expectation in expectations if columns.issuperset(expectation.columns)]
        found = iter(validate(source, suite.name, view, able) if columns else [])
        for expectation in expectations:
            is_able = bool(columns) and columns.issuperset(expectation.columns)
            yield next(found) if is_able else _absent(suite, expectation, bool(columns))


def _open(con: Connection, kind: str, name: str, query: str) -> frozenset[str]:
    """Make a view, or a table where the query is dear to ask twice, for this connection alone and return its columns;
    none when what it reads is not in the warehouse.
    """
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
