"""The healthy world, in memory and in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations import ExpectationResult, run_expectations
from expectations.engine import datasource
from expectations.facts import read_facts
from expectations.runner import all_suites, run_suite
from expectations.suite import Suite
from pipeline.contract import load_contract
from tests.expectations.cases import Breaking
from tests.expectations.world import make_world, quiet


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse file with the healthy world; only for reading."""
    path = tmp_path_factory.mktemp("world") / "warehouse.duckdb"
    with duckdb.connect(path) as con:
        make_world(con)
    return path


@pytest.fixture(scope="session")
def healthy_docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data docs of the healthy world, there once `healthy` has run."""
    return tmp_path_factory.mktemp("healthy") / "docs"


@pytest.fixture(scope="session")
def healthy(world_file: Path, healthy_docs: Path) -> tuple[ExpectationResult, ...]:
    """The results of the healthy world."""
    return run_expectations(world_file, healthy_docs, quiet)


@pytest.fixture(scope="session")
def suites(world_file: Path) -> tuple[Suite, ...]:
    """The suites of the healthy world."""
    with duckdb.connect(world_file, read_only=True) as con:
        return all_suites(load_contract(), read_facts(con))


@pytest.fixture(scope="session")
def results_after(suites: tuple[Suite, ...]) -> Iterator[Callable[[Breaking], list[ExpectationResult]]]:
    """Breaks a table of a healthy world, runs what is expected of it and of what derives from it, and mends it."""
    with duckdb.connect() as con:
        make_world(con)
        con.execute("attach ':memory:' as healthy")
        con.execute("copy from database memory to healthy")

        def run(breaking: Breaking) -> list[ExpectationResult]:
            con.execute(breaking.sql)
            about = [_about(suite, breaking.table) for suite in suites]
            try:
                with datasource(con) as source:
                    return [one for suite in about for one in run_suite(con, source, suite, quiet)]
            finally:
                con.execute(f"create or replace table {breaking.table} as from healthy.{breaking.table}")

        yield run


def _about(suite: Suite, table: str) -> Suite:
    derived = {name for name, query in suite.derived.items() if table in query.split()}
    expectations = (one for one in suite.expectations if one.relation == table or one.relation in derived)
    return replace(suite, expectations=tuple(expectations))
