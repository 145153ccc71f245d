"""``retrace dashboard``: serve the pages of a workspace on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import WorkspaceOption

DEFAULT_PORT = 8501

PortOption = Annotated[int, typer.Option(metavar="P", min=1, max=65535, help="The port on 127.0.0.1.")]


def dashboard(workspace: WorkspaceOption, port: PortOption = DEFAULT_PORT) -> None:
    """Serve the pages on 127.0.0.1 until Ctrl-C."""
    from pipeline.serve import serve

    serve(workspace, port)
