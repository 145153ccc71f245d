"""``retrace compare``: whether returns run better than they did."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.options import OutputOption, WorkspaceOption

if TYPE_CHECKING:
    from pipeline.progress import Progress
    from proof.baseline.verifying import Verification
    from proof.comparison import Comparison, Judged
    from report.comparison.document import Proof


def compare(
    workspace: WorkspaceOption,
    start: Annotated[str, typer.Option("--from", metavar="D", help="First local date of after (YYYY-MM-DD).")],
    end: Annotated[str, typer.Option("--to", metavar="D", help="The local date after the last one of after.")],
    before_start: Annotated[
        str | None, typer.Option("--before-from", metavar="D", help="First local date of before.")
    ] = None,
    before_end: Annotated[
        str | None, typer.Option("--before-to", metavar="D", help="The local date after the last one of before.")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline", metavar="NAME", help="The frozen baseline that is before, with its dates and cohort."
        ),
    ] = None,
    cohort: Annotated[
        Path | None, typer.Option("--cohort", metavar="FILE", help="Only the returns of a cohort, a JSON file.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="The cohort of before, where it is another one than --cohort."),
    ] = None,
    rollout: Annotated[
        Path | None,
        typer.Option(
            "--rollout", metavar="FILE", help="CSV with unit_kind (entity or site), unit, on (its date) and change."
        ),
    ] = None,
    cluster: Annotated[
        Literal["customer", "site"], typer.Option("--cluster", help="What is taken to be independent.")
    ] = "customer",
    goal: Annotated[
        list[str] | None, typer.Option("--goal", metavar="KPI", help="What the change was for; may be repeated.")
    ] = None,
    form: Annotated[Literal["table", "json"], typer.Option("--format", help="How to print it.")] = "table",
    output: OutputOption = None,
    pack: Annotated[
        Path | None,
        typer.Option("--pack", metavar="DIR|FILE", help="Write the proof pack too: a folder, or a .html or .pdf file."),
    ] = None,
) -> None:
    """Say for every KPI whether the returns requested in a period run better than those of before.

    Both sides are followed for the same time from the request. Without --before-from and --before-to, before is the
    same period, and --against says which returns are its own. With --baseline it is what was frozen under that name,
    followed on today's data, and what the frozen figures are today is told beside it.
    """
    from pipeline.kpis import reporting_currency
    from pipeline.output import write_text
    from pipeline.progress import progress
    from pipeline.publish import open_published
    from proof.asking import Asked, question_of
    from proof.baseline.verifying import verify
    from proof.comparison import compare as comparison_of
    from proof.telling import comparison_json

    asked = Asked(start, end, before_start, before_end, cohort, against, rollout, cluster, tuple(goal or ()))
    with open_published(workspace) as published, progress() as shown:
        held = None if baseline is None else verify(published, baseline)
        question = question_of(published.connection, asked, None if held is None else held.intact().side)
        answer = comparison_of(published.connection, question, shown.stage)
        currency = reporting_currency(published.connection)
        if pack is not None:
            from streamlit.logger import set_log_level

            set_log_level("ERROR")  # its caches last as long as the process, and say so, which nobody needs to read
            from mining.catalogue import lanes_of_returns
            from mining.log import EventLog
            from report.comparison.document import Proof

            lanes = lanes_of_returns(EventLog(published.connection))
            _write_pack(Proof(answer, lanes, published.manifest, currency, _command(), held), pack, shown)
    if form == "json":
        write_text(comparison_json(answer, currency, held), output)
    else:
        _show(answer, currency, output, held)


def _write_pack(proof: Proof, pack: Path, shown: Progress) -> None:
    from report.comparison.document import proof_html
    from report.files import PROOF, files_of
    from report.run import write_files

    write_files(proof_html(proof), files_of(pack, None, PROOF), shown)


def _command() -> str:
    """Return the command that is running, as one would type it again; of files and folders only the names are told."""
    return shlex.join(["retrace", *(_without_folders(argument) for argument in sys.argv[1:])])


def _without_folders(argument: str) -> str:
    option, sign, value = argument.rpartition("=")
    return f"{option}{sign}{Path(value).name if '/' in value else value}"


def _show(comparison: Comparison, currency: str, output: Path | None, held: Verification | None) -> None:
    from pipeline.text_table import show_table
    from proof.baseline.words import frozen_and_today, state_words
    from proof.headline import headline

    numbers = ("before", "after", "like for like", "95 % interval", "n before", "n after")
    columns = ["KPI", *numbers, "verdict", "why"]
    rows = [_row(judged) for judged in comparison.judged]
    title = headline(comparison, currency)
    if held is not None:
        columns.append("baseline, frozen -> today")
        names = [judged.effect.measure.name for judged in comparison.judged]
        rows = [[*row, frozen_and_today(held, name)] for row, name in zip(rows, names, strict=True)]
        title = f"{title} {state_words(held)}"
    show_table(title, columns, rows, output, numbers)


def _row(judged: Judged) -> list[str]:
    from pipeline.text_table import NOTHING, count, quantity

    effect, change = judged.effect, judged.change
    unit = effect.measure.unit
    interval = " to ".join(quantity(end, unit) for end in change.interval) if change else NOTHING
    return [
        effect.measure.name,
        quantity(effect.before.value, unit),
        quantity(effect.after.value, unit),
        quantity(change.value, unit) if change else NOTHING,
        interval,
        count(effect.before.n),
        count(effect.after.n),
        judged.verdict.word,
        judged.verdict.why,
    ]
