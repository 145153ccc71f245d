"""``retrace simulate``, ``build`` and ``demo``: from nothing, or from extracts, to a published warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import WorkspaceOption
from pipeline.commands.serving import DEFAULT_PORT, PortOption

if TYPE_CHECKING:
    from pipeline.build import BuildRequest
    from pipeline.progress import Progress

DEMO_WORKSPACE = Path("demo/workspace")

ReturnsOption = Annotated[int, typer.Option(metavar="N", help="How many returns are requested.")]
SeedOption = Annotated[int, typer.Option(metavar="S", help="The same seed gives the same extracts.")]


def simulate(
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write the extracts into.")],
    returns: ReturnsOption = 2000,
    seed: SeedOption = 1,
    scenario: Annotated[str, typer.Option(metavar="NAME", help="A scenario's name or YAML file.")] = "baseline",
) -> None:
    """Write the extracts of a simulated distributor and, beside them, the planted truth."""
    from pipeline.progress import progress

    with progress() as shown:
        _simulate(out, returns, seed, scenario, shown)


def build(
    extracts: Annotated[Path, typer.Option(metavar="DIR", help="The landing folder with the extracts.")],
    workspace: WorkspaceOption,
    as_of: Annotated[
        str | None, typer.Option(metavar="ISO", help="Show the state of this instant (UTC without an offset).")
    ] = None,
    target: Annotated[str, typer.Option(metavar="duckdb/spark", help="The engine.")] = "duckdb",
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Build every table anew, not only what changed rows touch.")
    ] = False,
) -> None:
    """Load the extracts, quarantine bad rows, transform, validate, mine, and publish all or nothing.

    Where there is a published build, it goes on from that: only what new, changed and removed rows touch is made
    again, with the same result. It says why when it cannot.
    """
    from pipeline.build import BuildRequest
    from pipeline.instants import parse_instant
    from pipeline.progress import progress

    instant = None if as_of is None else parse_instant(as_of, "--as-of")
    with progress() as shown:
        _build(BuildRequest(extracts, workspace, instant, target, full_refresh), shown)


def demo(
    returns: ReturnsOption = 2000,
    seed: SeedOption = 1,
    workspace: Annotated[
        Path, typer.Option(metavar="DIR", help="The workspace; the extracts go to DIR-extracts beside it.")
    ] = DEMO_WORKSPACE,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the dashboard at the end.")] = True,
    port: PortOption = DEFAULT_PORT,
) -> None:
    """Simulate a distributor, build, validate, mine, print the KPI table and serve the dashboard."""
    from pipeline.build import BuildRequest
    from pipeline.commands.reading import show_kpis
    from pipeline.kpis import kpi_rows
    from pipeline.progress import progress
    from pipeline.publish import open_published
    from pipeline.serve import Serving
    from pipeline.serve import serve as serve_pages

    root = workspace.resolve()
    extracts = root.with_name(f"{root.name}-extracts")
    with progress() as shown:
        _simulate(extracts, returns, seed, "baseline", shown)
        _build(BuildRequest(extracts, workspace), shown)
    with open_published(workspace) as published:
        show_kpis(published.connection, kpi_rows(published.connection), None)
    if serve:
        serve_pages(Serving(workspace, port))


def _simulate(out: Path, returns: int, seed: int, scenario: str, shown: Progress) -> None:
    from simulator import simulate as run_simulation

    shown.stage(f"Simulating {returns:,} returns")
    truth = run_simulation(out, returns, seed, scenario, shown.detail)
    shown.note(
        f"Wrote the extracts to {out}: {len(truth.files):,} files, {len(truth.exceptions):,} planted exceptions."
    )


def _build(request: BuildRequest, shown: Progress) -> None:
    from pipeline.build import build as run_build

    manifest = run_build(request, shown)
    shown.note(
        f"Published build {manifest.build} of {request.workspace}: {manifest.cases:,} returns, {manifest.events:,} "
        f"events from {manifest.rows_read:,} rows, as of {manifest.as_of_at or 'no event'}."
    )
