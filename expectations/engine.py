"""The one place that talks to Great Expectations: holds the expectations of a relation against a view of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.result import ExpectationResult, rows_unexpected
from expectations.suite import Expectation
from pipeline.errors import BuildError

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.data_context.types.base import DataContextConfig
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource

# Counts only: LIMIT 0 keeps the engine from fetching, and the results from holding, a single value of a row.
_COUNTS_ONLY: dict[str, Any] = {"result_format": "BASIC", "partial_unexpected_count": 0}
_SEVERITIES = {"error": "critical", "warning": "warning"}


@contextmanager
def datasource(con: duckdb.DuckDBPyConnection) -> Iterator[SQLDatasource]:
    """Yield a Great Expectations data source that works on `con` itself and lets go of it when the block ends.

    The context lives in memory, reports to nobody and shows no progress bars.
    """
    import great_expectations as gx
    from great_expectations.data_context.data_context.context_factory import project_manager
    from sqlalchemy.pool import StaticPool

    from expectations.dialect import URL, LentConnection, register

    register()
    context = gx.get_context(mode="ephemeral", project_config=_context_config())
    arguments = {"creator": lambda: LentConnection(con), "poolclass": StaticPool}
    source: SQLDatasource = context.data_sources.add_sql("warehouse", connection_string=URL, kwargs=arguments)  # type: ignore[call-arg]
    try:
        yield source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()
        project_manager.set_project(None)


def _context_config() -> DataContextConfig:
    """Everything in memory, no site for its own data docs, no analytics, no progress bars."""
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    return DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )


def validate(
    source: SQLDatasource, suite: str, view: str, expectations: Sequence[Expectation]
) -> tuple[ExpectationResult, ...]:
    """Hold `expectations`, all on one relation, against `view`; one result each, in order.

    Raises BuildError when the engine cannot evaluate one, for instance because a column has another type.
    """
    import great_expectations as gx

    asset = source.add_table_asset(view, table_name=view)
    batch = asset.add_batch_definition_whole_table(view).get_batch()
    checks = [_configuration(position, expectation) for position, expectation in enumerate(expectations)]
    found = batch.validate(gx.ExpectationSuite(name=view, expectations=checks), result_format=_COUNTS_ONLY)
    by_position = {_position(one): one for one in found.results}
    return tuple(_result(suite, one, by_position[position]) for position, one in enumerate(expectations))


def _configuration(position: int, expectation: Expectation) -> dict[str, Any]:
    arguments = expectation.arguments.items()
    return {
        "type": expectation.kind,
        "kwargs": {name: list(one) if isinstance(one, tuple) else one for name, one in arguments if one is not None},
        "meta": {"position": position},
        "severity": _SEVERITIES[expectation.severity],
    }


def _position(found: ExpectationValidationResult) -> int:
    if found.expectation_config is None:
        raise BuildError("The expectation engine returned a result without its expectation; this is a defect.")
    return int(found.expectation_config.meta["position"])


def _result(suite: str, expectation: Expectation, found: ExpectationValidationResult) -> ExpectationResult:
    problem = _problem(found.exception_info)
    if problem:
        raise BuildError(
            f"The expectation that {expectation.relation}: {expectation.says} could not be evaluated: {problem}. "
            "The table has another shape than this version makes; build again."
        )
    unexpected, elements = found.result.get("unexpected_count"), found.result.get("element_count")
    return ExpectationResult(
        suite=suite,
        relation=expectation.relation,
        expectation=expectation.kind,
        column_name=expectation.column_name,
        severity=expectation.severity,
        success=bool(found.success),
        observed=_observed(found.result),
        unexpected_count=None if unexpected is None else int(unexpected),
        element_count=None if elements is None else int(elements),
    )


def _problem(info: dict[str, Any]) -> str | None:
    """The engine's message when an expectation raised: the info is one record, or one for each metric."""
    records = [info] if "raised_exception" in info else list(info.values())
    for record in records:
        if record["raised_exception"]:
            return str(record["exception_message"]).splitlines()[0]
    return None


def _observed(result: dict[str, Any]) -> str:
    """What was found, in words: counts and greatest numbers, never a value of a row that names someone."""
    if "unexpected_count" in result:
        return rows_unexpected(result["unexpected_count"] or 0, result["element_count"])
    missing = result.get("details", {}).get("mismatched", {}).get("missing", [])
    if missing:
        return f"missing: {', '.join(missing)}"
    value = result.get("observed_value")
    if isinstance(value, list):
        return f"{len(value)} columns"
    if value is None:
        return "no value"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
