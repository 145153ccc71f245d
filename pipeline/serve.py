"""Serve the dashboard: to this machine only, unless readers have to sign in."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from dashboards.access.file import read_access
from dashboards.access.machine import is_this_machine
from dashboards.access.provider import check_provider, secrets_beside
from pipeline.errors import UsageError
from pipeline.formats import listed
from pipeline.publish import open_published
from pipeline.settings import ACCESS_VARIABLE, PROJECT, WORKSPACE_VARIABLE
from pipeline.warehouse import Connection


@dataclass(frozen=True)
class Serving:
    """What to serve and where: a workspace, a port, an address, and the file of who may see what, None without one."""

    workspace: Path
    port: int
    host: str = "127.0.0.1"
    access: Path | None = None


def serve(serving: Serving) -> None:
    """Become the server of the pages; does not return.

    Raises UsageError when there is nothing published to show, when others could reach pages without a sign-in, when
    the sign-in is not set up rightly, or when the port is taken.
    """
    _check_reach(serving)
    with open_published(serving.workspace) as published:
        root = published.workspace.root
        if serving.access:
            _prepare_sign_in(serving.access, published.connection)
    _check_port(serving)
    place = f"[{serving.host}]" if ":" in serving.host else serving.host
    _tell(f"Serving {root} on http://{place}:{serving.port} (Ctrl-C ends it)")
    environment = {**os.environ, WORKSPACE_VARIABLE: str(root)}
    environment.pop(ACCESS_VARIABLE, None)
    if serving.access:
        environment[ACCESS_VARIABLE] = str(serving.access.resolve())
    command = server_command(serving)
    os.chdir(PROJECT)  # where Streamlit looks for its settings and theme
    os.execve(sys.executable, command, environment)


def server_command(serving: Serving) -> list[str]:
    """The command line of the server: no browser opened, nothing reported to anybody, no header taken for a person."""
    secrets = [f"--secrets.files={secrets_beside(serving.access.resolve())}"] if serving.access else []
    return [
        *(sys.executable, "-m", "streamlit", "run", str(PROJECT / "dashboards" / "app.py")),
        *(f"--server.address={serving.host}", f"--server.port={serving.port}", "--server.headless=true"),
        *("--browser.gatherUsageStats=false", "--server.fileWatcherType=none", "--client.toolbarMode=minimal"),
        *("--server.trustedUserHeaders={}", *secrets),
    ]


def _check_reach(serving: Serving) -> None:
    if serving.access is None and not is_this_machine(serving.host):
        raise UsageError(
            f"Other machines can reach --host {serving.host}, and nobody would have to sign in; without a sign-in the "
            "pages are for this machine only (127.0.0.1). Name the file of who may see what with --access "
            "(docs/guides/sign-in.md), or leave --host out."
        )


def _prepare_sign_in(path: Path, published: Connection) -> None:
    """Check the two files of the sign-in, and tell where they are and which entities the build does not have."""
    access = read_access(path)
    check_provider(secrets_beside(path))
    _tell(f"Readers sign in: who may see what is read from {path}, the provider from {secrets_beside(path)}")
    sql = "select entity_id from staging.stg_reference__entities"
    known = {entity for (entity,) in published.execute(sql).fetchall()}
    for role, entities in access.roles.items():
        if unknown := sorted(set(entities or ()) - known):
            _tell(f"The role {role} names {listed(unknown)}, of which the published build has nothing.")


def _check_port(serving: Serving) -> None:
    with socket.socket(socket.AF_INET6 if ":" in serving.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((serving.host, serving.port))
        except OSError as error:
            raise UsageError(
                f"Port {serving.port} on {serving.host} cannot be used ({error.strerror}). Name another --port."
            ) from error


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
