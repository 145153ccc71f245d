"""``retrace validate`` and ``doctor``: does the published build hold, is the installation healthy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import WorkspaceOption


def validate(
    workspace: WorkspaceOption,
    docs: Annotated[Path | None, typer.Option("--docs", metavar="DIR", help="Write the data docs here.")] = None,
) -> None:
    """Run the expectations on the published build; exit code 1 when one of severity error fails."""
    from expectations import run_expectations
    from pipeline.errors import ChecksFailedError, UsageError
    from pipeline.progress import progress
    from pipeline.publish import open_published
    from pipeline.text_table import count, show_table
    from pipeline.workspace import WAREHOUSE, enclosing_workspace

    if docs is not None and (docs.is_file() or enclosing_workspace(docs.resolve())):
        raise UsageError(f"--docs {docs} is a file or lies in a workspace; expected a folder of its own.")
    with open_published(workspace) as published, progress() as shown:
        shown.stage("Validating the published build")
        results = run_expectations(published.folder / WAREHOUSE, docs, shown.detail)
    failed = [result for result in results if not result.success]
    columns = ("severity", "suite", "relation", "column", "expectation", "observed")
    rows = [[r.severity, r.suite, r.relation, r.column_name or "", r.expectation, r.observed] for r in failed]
    show_table(
        f"{count(len(results))} expectations, {count(len(failed))} failed", columns, rows, empty="All of them hold."
    )
    errors = sum(result.stops_publish for result in failed)
    if errors:
        raise ChecksFailedError(f"{errors} expectations of severity error failed.")


def doctor(
    workspace: Annotated[Path | None, typer.Option(metavar="DIR", help="Look at this workspace too.")] = None,
) -> None:
    """Tell versions and the health of the engine and of a workspace in words; exit code 1 when something is wrong."""
    from pipeline.doctor import engine_findings, version_findings, workspace_findings
    from pipeline.errors import ChecksFailedError

    findings = [*version_findings(), *engine_findings(), *(workspace_findings(workspace) if workspace else [])]
    for finding in findings:
        typer.echo(f"{'ok   ' if finding.is_healthy else 'WRONG'} {finding.text}")
    wrong = sum(not finding.is_healthy for finding in findings)
    if wrong:
        raise ChecksFailedError(f"{wrong} of {len(findings)} findings are wrong.")
