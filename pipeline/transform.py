"""Run the dbt project on a warehouse: every model from staging to the marts, and the tests of data."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import BuildError
from pipeline.settings import MEMORY_VARIABLE, PROJECT, memory_limit, user_cache
from pipeline.statements import Statement, statements_of

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

WAREHOUSE_VARIABLE = "RETRACE_WAREHOUSE"
_PARSED = "partial_parse.msgpack"
_SHOWN_FAILURES = 10
# What no extracts can make fail is tested with the product, not in every build.
_TESTS_OF_CODE = "path:tests/dbt/code"


def transform(
    warehouse: Path,
    scratch: Path,
    target: str,
    detail: Callable[[str], None],
    selection: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """Build the models and run their data tests in the file `warehouse`, which nothing else may have open.

    Return the query of each of them.

    `selection` is how dbt is told which models and tests to run; nothing is all of them. `variables` are what the
    project reads from the environment beside the warehouse and its memory.

    `scratch` takes dbt's own files; the parsed project is kept between builds in the user's cache, and dbt parses what
    changed since. `detail` hears of each model. Raises BuildError naming the models and tests that failed.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner

    parsed = _parsed_folder(target)
    if parsed is not None:
        _copy_parsed(parsed, scratch)
    # dbt reuses a parsed project only while its profile reads the same: the warehouse goes by its name alone.
    environment = {WAREHOUSE_VARIABLE: warehouse.name, MEMORY_VARIABLE: memory_limit(), **(variables or {})}
    with chdir(warehouse.parent), _environment(environment), _logging_as_it_was():
        try:
            result = dbtRunner(callbacks=[_listener(detail)]).invoke(_arguments(scratch, target, selection))
        finally:
            reset_adapters()  # type: ignore[no-untyped-call]
            DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
            gc.collect()  # the locks of what dbt left in circles are named in the system until then
    if not result.success:
        raise BuildError(_failure(result))
    if parsed is not None:
        _copy_parsed(scratch, parsed)
    return statements_of(getattr(result.result, "results", []))


def _parsed_folder(target: str) -> Path | None:
    """Where this checkout keeps its project parsed for a target: a parse names the folder and the profile it was made
    with, so each has its own.
    """
    cache = user_cache()
    return cache / hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:16] / target if cache else None


def _arguments(scratch: Path, target: str, selection: Sequence[str]) -> list[str]:
    """The dbt command line; dbt itself prints nothing."""
    return [
        *("--log-level", "none", "--log-level-file", "none", "--quiet", "--no-print", "--no-use-colors"),
        *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-write-json", "build"),
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target", target),
        *("--target-path", str(scratch), "--log-path", str(scratch), "--exclude-resource-type", "unit_test"),
        *("--exclude", _TESTS_OF_CODE),
        *selection,
    ]


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set environment variables for the block only."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _logging_as_it_was() -> Iterator[None]:
    """Take away the log handlers that dbt adds for the whole process, or later stages would log to the terminal."""
    before = logging.root.handlers[:]
    try:
        yield
    finally:
        logging.root.handlers[:] = before


def _listener(detail: Callable[[str], None]) -> Callable[[Any], None]:
    """Return a callback for dbt's events that reports the start of each model, test and seed."""

    def listen(event: Any) -> None:
        if event.info.name == "LogStartLine":
            detail(f"{event.data.index} of {event.data.total}: {event.data.description}")

    return listen


def _failure(result: dbtRunnerResult) -> str:
    """Say which models and tests failed and why, or why dbt could not start."""
    if result.exception is not None:
        return f"The transformation could not start: {result.exception}"
    nodes = [node for node in getattr(result.result, "results", []) if node.status in ("error", "fail")]
    lines = [f"- {node.node.name}: {' '.join(str(node.message or node.status).split())}" for node in nodes]
    more = [f"... and {len(lines) - _SHOWN_FAILURES} more"] if len(lines) > _SHOWN_FAILURES else []
    return "\n".join([f"{len(lines)} models or tests failed:", *lines[:_SHOWN_FAILURES], *more])


def _copy_parsed(source: Path, target: Path) -> None:
    """Copy the parsed project in one step; where that cannot be, builds only take longer."""
    with contextlib.suppress(OSError):
        target.mkdir(parents=True, exist_ok=True)
        new = target / f"{_PARSED}.{os.getpid()}"
        shutil.copyfile(source / _PARSED, new)
        new.replace(target / _PARSED)
