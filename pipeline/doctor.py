"""Look at the installation and at a workspace, and say in words what is found."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from pipeline.errors import UsageError
from pipeline.publish import open_published
from pipeline.settings import memory_limit, product_version
from pipeline.warehouse import wal_of
from pipeline.workspace import WAREHOUSE, Workspace, workspace_for_reading

_PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "great-expectations", "pm4py", "streamlit")


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    is_healthy: bool
    text: str


def version_findings() -> list[Finding]:
    """Versions of Retrace, Python and the packages that carry it."""
    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return [Finding(True, f"Retrace {product_version()}"), Finding(True, python), *(_package(p) for p in _PACKAGES)]


def _package(name: str) -> Finding:
    try:
        return Finding(True, f"{name} {version(name)}")
    except PackageNotFoundError:
        return Finding(False, f"{name} is not installed; install Retrace again.")


def engine_findings() -> list[Finding]:
    """Whether the engine works, and with how much memory."""
    try:
        limit = memory_limit()
        with duckdb.connect(config={"memory_limit": limit}) as con:
            [(threads,)] = con.execute("select current_setting('threads')").fetchall()
            con.execute("select timezone('Europe/Berlin', timestamp '2025-01-01')").fetchall()
    except (duckdb.Error, UsageError) as error:
        return [Finding(False, f"The engine does not work: {error}")]
    return [Finding(True, f"The engine works, with {threads} threads and at most {limit} of memory.")]


def workspace_findings(path: Path) -> list[Finding]:
    """The published build, leftovers, and whether a build is running."""
    try:
        workspace = workspace_for_reading(path)
        current = workspace.current()
    except UsageError as error:
        return [Finding(False, str(error))]
    running = workspace.is_locked()
    state = f"A build is running (process {workspace.holder() or 'unknown'})." if running else "No build is running."
    return [*_published(workspace, current), Finding(True, state), *_leftovers(workspace, current, running)]


def _published(workspace: Workspace, current: int | None) -> list[Finding]:
    if current is None:
        return [Finding(False, f"{workspace.root} has no published build; run `retrace build`.")]
    try:
        with open_published(workspace.root) as published:
            [(events,)] = published.connection.execute("select count(*) from event_log.events").fetchall()
            manifest, file = published.manifest, published.folder / WAREHOUSE
    except (UsageError, OSError, duckdb.Error) as error:
        return [Finding(False, f"Build {current} cannot be read: {error}. Build the workspace again.")]
    size = f"{file.stat().st_size / 2**20:,.1f} MiB"
    text = (
        f"Build {manifest.build} is published: as of {manifest.as_of_at}, {manifest.cases:,} returns, "
        f"{events:,} events, {size}. "
        f"Retrace {manifest.product_version} made it under contract {manifest.contract_version}."
    )
    wal = [Finding(False, f"{wal_of(file).name} lies beside the warehouse.")] if wal_of(file).exists() else []
    return [Finding(events == manifest.events, text), *wal]


def _leftovers(workspace: Workspace, current: int | None, running: bool) -> list[Finding]:
    """Folders of builds that died; the next build removes them, so they are told but not wrong."""
    names = [name for name in workspace.build_names() if not name.isdigit() or int(name) > (current or 0)]
    if running or not names:
        return []
    return [Finding(True, f"Left by builds that died: {', '.join(names)}. The next build removes them.")]
