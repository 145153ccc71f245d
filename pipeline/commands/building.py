"""``retrace simulate``, ``build`` and ``demo``: from nothing, or from extracts, to a published warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import WorkspaceOption


def build(
    extracts: Annotated[Path, typer.Option(metavar="DIR", help="The landing folder with the extracts.")],
    workspace: WorkspaceOption,
    as_of: Annotated[
        str | None, typer.Option(metavar="ISO", help="Show the state of this instant (UTC without an offset).")
    ] = None,
    target: Annotated[str, typer.Option(metavar="duckdb/spark", help="The engine.")] = "duckdb",
    full_refresh: Annotated[bool, typer.Option("--full-refresh", help="Build every table anew.")] = False,
) -> None:
    """Load the extracts, quarantine bad rows, transform, validate, mine, and publish all or nothing."""
    from pipeline.build import BuildRequest
    from pipeline.build import build as run_build
    from pipeline.instants import parse_instant
    from pipeline.progress import progress

    instant = None if as_of is None else parse_instant(as_of, "--as-of")
    with progress() as shown:
        manifest = run_build(BuildRequest(extracts, workspace, instant, target, full_refresh), shown)
    typer.echo(
        f"Published build {manifest.build} of {workspace}: {manifest.cases:,} returns, {manifest.events:,} events from "
        f"{manifest.rows_read:,} rows, as of {manifest.as_of_at or 'no event'}.",
        err=True,
    )
