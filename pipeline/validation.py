"""Hold a warehouse against its expectations and say in words what failed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from expectations import ExpectationResult, Renewed, hold_expectations, store_results, stored_results
from expectations.event_log import OF_ONE_HASH
from pipeline.contract import load_contract
from pipeline.errors import BuildError
from pipeline.incremental import PART, has_part
from pipeline.progress import Progress
from pipeline.warehouse import Connection

_SHOWN_FAILURES = 10
_MADE_AGAIN = {"event_log.events", OF_ONE_HASH, "event_log.cases", "marts.kpi_items", "marts.exceptions"}


def describe(result: ExpectationResult) -> str:
    """Return one line that says what was expected of what, and what was found."""
    column = f".{result.column_name}" if result.column_name else ""
    return f"{result.suite}: {result.relation}{column} {result.expectation}: {result.observed}"


def what_was_renewed(con: Connection) -> Renewed:
    """Return what a build that went on has to look at: the part of it that is still beside the warehouse."""
    raw = [f"raw.{table.raw_name}" for table in load_contract().tables]
    changed = {one for one in raw if con.execute(f"from {PART}.{one.replace('raw', 'changed', 1)} limit 1").fetchall()}
    results = stored_results(con)
    before: dict[tuple[str, str], list[ExpectationResult]] = defaultdict(list)
    for result in results:
        before[result.suite, result.relation].append(result)
    standing = {result.relation for result in results if result.relation.startswith("staging.")}
    return Renewed(
        catalogue=PART,
        again=frozenset(changed | _MADE_AGAIN),
        unchanged=frozenset(standing | (set(raw) - changed)),
        before=before,
    )


def validate_build(con: Connection, docs: Path, progress: Progress) -> None:
    """Run the expectations on the open warehouse of a build, keep their results in it and their docs in `docs`.

    Raises BuildError naming the expectations of severity error that failed; warnings are told to `progress`.
    """
    renewed = what_was_renewed(con) if has_part(con) else None
    results = hold_expectations(con, docs, progress.detail, renewed)
    store_results(con, results)
    for result in results:
        if not result.success and not result.stops_publish:
            progress.note(f"Warning: {describe(result)}")
    failed = [result for result in results if result.stops_publish]
    if failed:
        listed = "\n".join(f"- {describe(result)}" for result in failed[:_SHOWN_FAILURES])
        more = f"\n... and {len(failed) - _SHOWN_FAILURES} more" if len(failed) > _SHOWN_FAILURES else ""
        raise BuildError(f"{len(failed)} of {len(results)} expectations failed, nothing was published:\n{listed}{more}")
