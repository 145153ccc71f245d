"""Hold a warehouse against its expectations and say in words what failed."""

from __future__ import annotations

from pathlib import Path

from expectations import ExpectationResult, hold_expectations, store_results
from pipeline.errors import BuildError
from pipeline.progress import Progress
from pipeline.warehouse import Connection

_SHOWN_FAILURES = 10


def describe(result: ExpectationResult) -> str:
    """Return one line that says what was expected of what, and what was found."""
    column = f".{result.column_name}" if result.column_name else ""
    return f"{result.suite}: {result.relation}{column} {result.expectation}: {result.observed}"


def validate_build(con: Connection, docs: Path, progress: Progress) -> None:
    """Run the expectations on the open warehouse of a build, keep their results in it and their docs in `docs`.

    Raises BuildError naming the expectations of severity error that failed; warnings are told to `progress`.
    """
    results = hold_expectations(con, docs, progress.detail)
    store_results(con, results)
    for result in results:
        if not result.success and not result.stops_publish:
            progress.note(f"Warning: {describe(result)}")
    failed = [result for result in results if result.stops_publish]
    if failed:
        listed = "\n".join(f"- {describe(result)}" for result in failed[:_SHOWN_FAILURES])
        more = f"\n... and {len(failed) - _SHOWN_FAILURES} more" if len(failed) > _SHOWN_FAILURES else ""
        raise BuildError(f"{len(failed)} of {len(results)} expectations failed, nothing was published:\n{listed}{more}")
