"""``retrace baseline``: freeze what is known of a period, list what was frozen, and hold it against today's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.cohort_file import CohortOption, cohort_of
from pipeline.commands.options import OutputOption, WorkspaceOption

if TYPE_CHECKING:
    from pathlib import Path

    from proof.baseline.store import Stored
    from proof.baseline.verifying import Verification

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the baseline, e.g. before-portal.")]
FormOption = Annotated[Literal["table", "json"], typer.Option("--format", help="How to print it.")]

baseline = typer.Typer(
    name="baseline",
    help="Freeze the figures of a period for good, and see what has become of them since.",
    no_args_is_help=True,
)


@baseline.command(
    epilog="Example: retrace baseline freeze before-portal --workspace returns --from 2025-01-01 --to 2025-04-01"
)
def freeze(
    name: NameArgument,
    workspace: WorkspaceOption,
    start: Annotated[str, typer.Option("--from", metavar="D", help="First local date (YYYY-MM-DD).")],
    end: Annotated[str, typer.Option("--to", metavar="D", help="The local date after the last one.")],
    cohort: CohortOption = None,
) -> None:
    """Freeze a period: every KPI with what it is made of, the hashes of all inputs, calendars, targets and cohort.

    The baseline lies in the workspace, survives every build and is never overwritten. Standard output is its seal: note
    it elsewhere, and `retrace baseline verify --seal` tells whether anything in it was replaced since.
    """
    from pipeline.instants import given_date
    from pipeline.output import write_text
    from pipeline.progress import progress
    from pipeline.publish import open_published
    from proof.baseline.freezing import freeze as frozen
    from proof.question import Side

    side = Side(given_date(start, "--from"), given_date(end, "--to"), cohort_of(cohort))
    with open_published(workspace) as published, progress() as shown:
        shown.stage(f"Freezing {side.start} up to {side.end} out of build {published.manifest.build}")
        made = frozen(published, name, side, cohort)
    requested = made.baseline.value("returns_requested")
    shown.note(
        f"Froze {name}: {requested.n if requested else 0:,} returns requested, {len(made.baseline.values)} measures. "
        "Keep its seal:"
    )
    write_text(f"{made.seal}\n", None)


@baseline.command("list", epilog="Example: retrace baseline list --workspace returns")
def list_baselines(workspace: WorkspaceOption, form: FormOption = "table", output: OutputOption = None) -> None:
    """List the frozen baselines of a workspace: their periods, what they were frozen of, and whether they are whole."""
    from pipeline.output import write_text
    from pipeline.text_table import show_table
    from pipeline.workspace import workspace_for_reading
    from proof.baseline.store import stored_baselines
    from proof.baseline.telling import listing_json

    found = stored_baselines(workspace_for_reading(workspace))
    if form == "json":
        write_text(listing_json(found), output)
        return
    columns = ("baseline", "from", "up to", "cohort", "returns", "as of", "build", "state", "seal")
    empty = "No baseline is frozen yet. Freeze one with `retrace baseline freeze`."
    show_table("Baselines", columns, [_listed(one) for one in found], output, ("returns", "build"), empty)


def _listed(stored: Stored) -> list[str]:
    from pipeline.text_table import NOTHING, count

    state = "; ".join(stored.changed) or "whole"
    if stored.baseline is None:
        return [stored.name, *[NOTHING] * 6, state, stored.seal[:12]]
    frozen = stored.baseline
    requested = frozen.value("returns_requested")
    return [
        stored.name,
        str(frozen.side.start),
        str(frozen.side.end),
        frozen.side.cohort.digest[:8] if frozen.side.cohort.steps else "all returns",
        count(requested.n) if requested else NOTHING,
        frozen.build.as_of_at or NOTHING,
        str(frozen.build.build),
        state,
        stored.seal[:12],
    ]


@baseline.command(epilog="Example: retrace baseline verify before-portal --workspace returns --format json")
def verify(
    name: NameArgument,
    workspace: WorkspaceOption,
    seal: Annotated[
        str | None, typer.Option("--seal", metavar="HEX", help="The seal that was noted when it was frozen.")
    ] = None,
    form: FormOption = "table",
    output: OutputOption = None,
) -> None:
    """Check that a baseline is what was frozen, recompute it on today's build, and name the cause of each restatement.

    The exit code is 1 when a file of the baseline was changed. A restatement is no fault: the exit code stays 0.
    """
    from pipeline.output import write_text
    from pipeline.progress import progress
    from pipeline.publish import open_published
    from proof.baseline.telling import verification_json
    from proof.baseline.verifying import verify as verified

    with open_published(workspace) as published, progress() as shown:
        shown.stage(f"Holding {name} against build {published.manifest.build}")
        found = verified(published, name, seal)
    if form == "json":
        write_text(verification_json(found), output)
    elif not found.is_tampered:
        show_restatements(found, output)
    found.intact()


def show_restatements(found: Verification, output: Path | None) -> None:
    """Print what was frozen of each restated measure, what it is today, and why."""
    from pipeline.text_table import count, show_table
    from proof.baseline.words import measure_title, restatement_words

    columns = ("measure", "n frozen", "n today", "frozen -> today: causes (what each adds)")
    rows = [
        [measure_title(one), count(one.n_frozen), count(one.n_today), restatement_words(one, found)]
        for one in found.restatements
    ]
    title = f"{found.stored.name}: every file is as it was frozen; {len(rows) or 'no'} measures are restated"
    empty = "Today's data gives every measure that was frozen, to the last digit."
    show_table(title, columns, rows, output, ("n frozen", "n today"), empty)
