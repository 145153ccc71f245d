"""``retrace dashboard``: serve the pages of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import WorkspaceOption
from pipeline.settings import ACCESS_VARIABLE

DEFAULT_PORT = 8501
DEFAULT_HOST = "127.0.0.1"

PortOption = Annotated[int, typer.Option(metavar="P", min=1, max=65535, help="The port.")]
HostOption = Annotated[str, typer.Option(metavar="H", help="The address; other machines only with --access.")]
AccessOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        envvar=ACCESS_VARIABLE,
        help="Who may see what: readers sign in. The provider is named in secrets.toml beside FILE.",
    ),
]


def dashboard(
    workspace: WorkspaceOption,
    port: PortOption = DEFAULT_PORT,
    host: HostOption = DEFAULT_HOST,
    access: AccessOption = None,
) -> None:
    """Serve the pages until Ctrl-C: to this machine, or with --access to whoever may sign in."""
    from pipeline.serve import Serving, serve

    serve(Serving(workspace, port, host, access))
