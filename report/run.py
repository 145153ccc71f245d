"""Make the pack of a published build and write its files, each in one step."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from streamlit.logger import set_log_level

from mining.cohort import Cohort, Rule
from pipeline.errors import UsageError
from pipeline.output import machine_output
from pipeline.progress import Progress
from report.files import Files
from report.printing import WHAT_TO_DO, PrintingError, browser, printed


@dataclass(frozen=True)
class Wish:
    """What a pack is asked for: the workspace, local dates `start` <= date < `end`, entity_ids, none of which keeps
    all, and a cohort with the name of the file that holds it.
    """

    workspace: Path
    start: date | None = None
    end: date | None = None
    entities: tuple[str, ...] = ()
    cohort: Cohort = field(default_factory=Cohort)
    cohort_file: str = ""


def write_report(wish: Wish, files: Files, progress: Progress) -> None:
    """Write the pack; the HTML is written even when there is no browser to print the PDF.

    Raises UsageError when there is no published build or no such entity, PrintingError when a PDF was asked for by
    name and there is none.
    """
    progress.stage("Asking for the numbers")
    write_files(document(wish), files, progress)


def write_files(html: str, files: Files, progress: Progress) -> None:
    """Write a document as the files that are wanted. Raises PrintingError as `write_report`."""
    if files.html:
        _write(files.html, html.encode(), progress)
    if not files.pdf:
        return
    chromium = browser()
    if chromium is None:
        beside = files.html or files.pdf.with_suffix(".html")
        if not files.html:
            _write(beside, html.encode(), progress)
        said = f"No PDF: there is no Chromium to print it. {WHAT_TO_DO}"
        if files.needs_pdf:
            raise PrintingError(f"{said} The HTML is {beside}.")
        progress.note(said)
        return
    progress.stage("Printing")
    _write(files.pdf, printed(html, chromium), progress)


def document(wish: Wish) -> str:
    """Return the pack as HTML; the same build and wish give the same text.

    The pages' questions are asked without a server: their caches then last as long as the process, and say so, which
    nobody needs to read.
    """
    set_log_level("ERROR")
    from dashboards.published import build_of, opened
    from dashboards.queries import reference
    from dashboards.scope import Scope
    from report.document import html_of
    from report.gather import gather
    from report.parts import Subject

    rules = _rules(wish.cohort)
    whole = build_of(wish.workspace)
    try:
        names = reference.names(whole)
        entities = names.values["entity_id"]
        if unknown := [entity for entity in wish.entities if entity not in entities]:
            raise UsageError(f"There is no entity {unknown[0]!r}; expected one of {', '.join(entities)}.")
        scope = Scope(wish.start, wish.end, tuple(sorted(set(wish.entities))) or None).of_rules(*rules)
        build = whole.keeping(wish.cohort)
        return html_of(gather(Subject(build, scope, names, reference.reporting_currency(build), command(wish))))
    finally:
        opened.clear(whole)


def _rules(cohort: Cohort) -> list[Rule]:
    """Return the rules of a cohort. Raises UsageError for steps that cut returns down."""
    for number, step in enumerate(cohort.steps, 1):
        if not isinstance(step, Rule):
            raise UsageError(
                f"Step {number} of the cohort ({step.kind}) cuts returns down to a section; the report is about whole "
                "returns. Take the step out of the file, or use `retrace mine --cohort` for sections."
            )
    return [step for step in cohort.steps if isinstance(step, Rule)]


def command(wish: Wish) -> str:
    """Return the command that makes the same pack again; of paths only the last name is told."""
    given = ["--workspace", wish.workspace.resolve().name]
    given += ["--from", wish.start.isoformat()] if wish.start else []
    given += ["--to", wish.end.isoformat()] if wish.end else []
    for entity in wish.entities:
        given += ["--entity", entity]
    given += ["--cohort", wish.cohort_file] if wish.cohort_file else []
    return shlex.join(["retrace", "report", *given, "--out", "report"])


def _write(path: Path, content: bytes, progress: Progress) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with machine_output(path, binary=True, option="--out") as temporary:
        temporary.write_bytes(content)
    progress.note(f"Wrote {path}.")
