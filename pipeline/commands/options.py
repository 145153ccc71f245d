"""Options that several sub-commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[Path, typer.Option("--workspace", metavar="DIR", help="The workspace folder.")]
NamedOption = Annotated[
    bool,
    typer.Option("--named", help="Tell persons and customers by the ids of the extracts, small groups one by one."),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write here, in one step, instead of to standard output."),
]
