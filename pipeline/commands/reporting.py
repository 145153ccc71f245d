"""``retrace report``: the executive pack, on paper or in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands.cohort_file import CohortOption, cohort_of
from pipeline.commands.options import WorkspaceOption


def report(
    workspace: WorkspaceOption,
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR|FILE", help="A folder, or a file that ends with .html or .pdf; replaced."),
    ],
    start: Annotated[str | None, typer.Option("--from", metavar="D", help="First local date (YYYY-MM-DD).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="D", help="The local date after the last one.")] = None,
    entity: Annotated[
        list[str] | None, typer.Option("--entity", metavar="E", help="Only this entity_id; may be repeated.")
    ] = None,
    cohort: CohortOption = None,
    form: Annotated[
        Literal["html", "pdf", "both"] | None,
        typer.Option("--format", help="Default: what the ending of FILE says; both into a folder."),
    ] = None,
) -> None:
    """Write the executive pack: KPIs, time, process map, exceptions, recovery and proof, as HTML and PDF.

    The HTML is one file that asks nothing of anybody. The PDF is printed by Chromium, where there is one.
    """
    from pipeline.errors import UsageError
    from pipeline.instants import parse_date
    from pipeline.progress import progress
    from report.files import files_of
    from report.run import Wish, write_report

    first, after = parse_date(start, "--from"), parse_date(end, "--to")
    if first and after and after <= first:
        raise UsageError(f"The period from {first} to {after} is empty; the end is not part of it and must be later.")
    files = files_of(out, form)
    wish = Wish(workspace, first, after, tuple(entity or ()), cohort_of(cohort), cohort.name if cohort else "")
    with progress() as shown:
        write_report(wish, files, shown)
