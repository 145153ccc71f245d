"""Serve the dashboard, to this machine only."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.publish import open_published
from pipeline.settings import PROJECT, WORKSPACE_VARIABLE

ADDRESS = "127.0.0.1"


def serve(workspace: Path, port: int) -> None:
    """Become the server of the pages of `workspace`; does not return.

    Raises UsageError when there is nothing published to show or the port is taken.
    """
    with open_published(workspace) as published:
        root = published.workspace.root
    _check_port(port)
    os.chdir(PROJECT)  # where Streamlit looks for its settings and theme
    print(f"Serving {root} on http://{ADDRESS}:{port} (Ctrl-C ends it)", file=sys.stderr, flush=True)
    os.execve(sys.executable, server_command(port), {**os.environ, WORKSPACE_VARIABLE: str(root)})


def server_command(port: int) -> list[str]:
    """The command line of the server: this machine only, no browser opened, nothing reported to anybody."""
    return [
        *(sys.executable, "-m", "streamlit", "run", str(PROJECT / "dashboards" / "app.py")),
        *(f"--server.address={ADDRESS}", f"--server.port={port}", "--server.headless=true"),
        *("--browser.gatherUsageStats=false", "--server.fileWatcherType=none", "--client.toolbarMode=minimal"),
    ]


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise UsageError(
                f"Port {port} on {ADDRESS} cannot be used ({error.strerror}). Name another --port."
            ) from error
