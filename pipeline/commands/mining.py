"""``retrace mine``: process mining of any event log, or of a published build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.cohort_file import CohortOption, cohort_of
from pipeline.commands.options import NamedOption


def mine(
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="The folder to write: new, empty, or the result of a run before, replaced."
        ),
    ],
    log: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="An event log: .xes, .xes.gz or .csv (UTF-8).")
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", metavar="DIR", help="Mine a published build instead of a file.")
    ] = None,
    cohort: CohortOption = None,
    case: Annotated[
        str, typer.Option("--case", metavar="NAME", help="Column of the case; XES: case:<key> is the trace's.")
    ] = "case:concept:name",
    activity: Annotated[str, typer.Option("--activity", metavar="NAME", help="Column of the activity.")] = (
        "concept:name"
    ),
    timestamp: Annotated[
        str,
        typer.Option(
            "--timestamp", metavar="NAME", help="Column of the instant, ISO 8601; without an offset it is UTC."
        ),
    ] = "time:timestamp",
    resource: Annotated[
        str,
        typer.Option(
            "--resource",
            metavar="NAME",
            help="Column of who did it; a log may lack it. The department is read from org:group or department, the "
            "system from source_system, org:system or system, where there is one.",
        ),
    ] = "org:resource",
    complete_only: Annotated[
        bool, typer.Option("--complete-only", help="Leave out events whose lifecycle:transition is not complete.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave text that a spreadsheet would run as a formula as it is.")
    ] = False,
    named: NamedOption = False,
) -> None:
    """Write the map, variants, cases, handovers, model and conformance of an event log into a folder.

    Events stand by timestamp, ties by their order in the file; what cannot be used is counted in summary.json. Persons
    of a published build stand under names that tell nobody who they are; a file is told as it is.
    """
    from mining.any_log.columns import Columns
    from pipeline.errors import UsageError
    from pipeline.mine.run import Wish, mine_file, mine_workspace
    from pipeline.progress import progress

    if (log is None) == (workspace is None):
        raise UsageError("Name what to mine: either --log FILE or --workspace DIR.")
    wish = Wish(out, cohort_of(cohort), raw, named)
    with progress() as shown:
        if log is not None:
            totals = mine_file(log, Columns(case, activity, timestamp, resource), complete_only, wish, shown)
        elif workspace is not None:
            totals = mine_workspace(workspace, wish, shown)
        shown.note(f"Mined {totals.cases:,} cases with {totals.events:,} events into {out}.")
