"""Which files a pack becomes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import UsageError
from pipeline.workspace import enclosing_workspace

Form = Literal["html", "pdf", "both"]
REPORT, PROOF = "returns-report", "proof-pack"
_ENDINGS = {".html": "html", ".pdf": "pdf"}


@dataclass(frozen=True)
class Files:
    """The files to write, None for one that is not wanted; without `needs_pdf` a missing browser is no failure."""

    html: Path | None
    pdf: Path | None
    needs_pdf: bool


def files_of(out: Path, form: Form | None, name: str = REPORT) -> Files:
    """Return the files for ``--out`` and ``--format``: `out` is a file that ends with .html or .pdf, else a folder
    in which the files have a `name`.

    Raises UsageError when the two contradict each other, and for a place that must not be written to.
    """
    _refuse_foreign(out)
    ending = None if out.is_dir() else _ENDINGS.get(out.suffix.lower())
    if ending and form not in (None, "both", ending):
        raise UsageError(
            f"--out {out} ends with {out.suffix}, but --format is {form}. Name a file that ends with .{form}."
        )
    wanted = form or ending or "both"
    base = out.with_suffix("") if ending else out / name
    html, pdf = (
        base.with_name(f"{base.name}.{kind}") if wanted in (kind, "both") else None for kind in _ENDINGS.values()
    )
    return Files(html, pdf, pdf is not None and (form is not None or ending is not None))


def _refuse_foreign(out: Path) -> None:
    if inside := enclosing_workspace(out.resolve()):
        raise UsageError(f"--out {out} lies in the Retrace workspace {inside}, which only builds write. Name another.")
    if out.exists() and not out.is_dir() and out.suffix.lower() not in _ENDINGS:
        raise UsageError(f"--out {out} is a file; expected a folder, or a file that ends with .html or .pdf.")
    if out.suffix.lower() in _ENDINGS and not out.resolve().parent.is_dir():
        raise UsageError(f"--out {out}: there is no folder {out.resolve().parent}. Make it first.")
