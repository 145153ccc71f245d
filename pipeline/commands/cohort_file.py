"""The option `--cohort FILE`, and what the file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mining.cohort import Cohort

CohortOption = Annotated[
    Path | None,
    typer.Option("--cohort", metavar="FILE", help="Only the cases of a cohort, a JSON file; default is every case."),
]


def cohort_of(path: Path | None) -> Cohort:
    """Return the cohort in a file, every case without one. Raises UsageError for a file that holds none."""
    from mining.cohort import Cohort
    from pipeline.errors import UsageError

    if path is None:
        return Cohort()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--cohort {path} cannot be read ({error}); expected a JSON file in UTF-8.") from error
    return Cohort.from_json(text)
