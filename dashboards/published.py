"""The published build, and the one open door to its warehouse."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import streamlit as st

from pipeline import warehouse
from pipeline.errors import UsageError
from pipeline.publish import read_manifest
from pipeline.settings import WORKSPACE_VARIABLE
from pipeline.warehouse import Connection
from pipeline.workspace import WAREHOUSE, workspace_for_reading


@dataclass(frozen=True)
class Build:
    """The published build that a page shows, and the key under which its answers are kept.

    `as_of` is naive UTC, None for a log without events; `extracts_sha256` names the content it was made of.
    """

    number: int
    warehouse: str
    product_version: str
    as_of: datetime | None
    extracts_sha256: str


def published_build() -> Build:
    """Return the build that is published at this moment.

    Raises UsageError when no workspace is named, or it holds nothing yet.
    """
    named = os.environ.get(WORKSPACE_VARIABLE, "").strip()
    if not named:
        raise UsageError("No workspace is named. Open the pages with `retrace dashboard --workspace DIR`.")
    return build_of(Path(named))


def build_of(path: Path) -> Build:
    """Return the build that is published in the workspace at `path` at this moment, all of it.

    Raises UsageError when it is no workspace or holds nothing yet.
    """
    workspace = workspace_for_reading(path)
    number = workspace.current()
    if number is None:
        raise UsageError(f"The workspace {path} has no published build yet. Run `retrace build` first.")
    folder = workspace.build_folder(number)
    manifest = read_manifest(folder)
    as_of = datetime.fromisoformat(manifest.as_of_at).replace(tzinfo=None) if manifest.as_of_at else None
    return Build(number, str(folder / WAREHOUSE), manifest.product_version, as_of, manifest.extracts_sha256)


@dataclass(frozen=True)
class Opened:
    """An open warehouse and what closes it."""

    connection: Connection
    stack: ExitStack


@st.cache_resource(show_spinner=False, max_entries=2, on_release=lambda opened: opened.stack.close())
def opened(build: Build) -> Opened:
    """Open the warehouse of a build once for all readers; it stays readable when newer builds replace it."""
    stack = ExitStack()
    return Opened(stack.enter_context(warehouse.reading(Path(build.warehouse))), stack)


def connection(build: Build) -> Connection:
    """Return a connection of its own for each question, so that sessions don't wait for one another."""
    return opened(build).connection.cursor()
