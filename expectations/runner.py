"""Runs every suite on a warehouse file and, where asked, writes the data docs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.data_docs import write_data_docs
from expectations.event_log import event_log_suite
from expectations.facts import Facts, read_facts
from expectations.held import hold
from expectations.landing import landing_suite
from expectations.marts import marts_suite
from expectations.renewed import Renewed, run_suite_on_changes
from expectations.result import ExpectationResult
from expectations.suite import Suite
from pipeline.contract import Contract, load_contract
from pipeline.warehouse import Connection, reading

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
    con: Connection, docs: Path | None, progress: Callable[[str], None], renewed: Renewed | None = None
) -> tuple[ExpectationResult, ...]:
    """Run every expectation in the open warehouse and return one result each, in the order of the suites.

    The data docs are written into the folder `docs`, nothing anywhere else but views for this connection. `progress` is
    told each relation. With `renewed` no more is looked at than what changed; the results are the same. Raises
    BuildError when an expectation cannot be evaluated.
    """
    from expectations.engine import datasource

    with datasource(con) as source:
        facts = read_facts(con)
        suites = all_suites(load_contract(), facts)
        results = tuple(
            result
            for suite in suites
            for result in (
                run_suite_on_changes(con, source, suite, renewed, progress)
                if renewed
                else run_suite(con, source, suite, progress)
            )
        )
    if docs is not None:
        write_data_docs(docs, suites, results, facts.as_of, renewed.looked_at if renewed else {})
    return results


def run_suite(
    con: Connection, source: SQLDatasource, suite: Suite, progress: Callable[[str], None]
) -> Iterator[ExpectationResult]:
    """Yield a result for each expectation of `suite`, relation by relation; `source` works on `con`."""
    for relation in suite.relations:
        progress(f"{suite.title}: {relation}")
        yield from hold(con, source, suite, suite.of_relation(relation))
