"""The published build, the part of it that is shown, and the one open door to its warehouse."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboards.access.limits import Limits
from dashboards.access.roles import Entities
from dashboards.access.viewer import entities_of_viewer
from dashboards.cuts import Cuts
from mining.cohort import Cohort
from pipeline import warehouse
from pipeline.errors import UsageError
from pipeline.publish import read_manifest
from pipeline.settings import WORKSPACE_VARIABLE
from pipeline.warehouse import Connection
from pipeline.workspace import WAREHOUSE, workspace_for_reading


@dataclass(frozen=True)
class Build:
    """The published build that a page shows, or a part of it, and the key under which its answers are kept.

    `as_of` is naive UTC, None for a log without events; `extracts_sha256` names the content it was made of. Answers
    hold only what whoever looks may see: `entities`, None for all. `kept` is the canonical JSON of the cohort whose
    returns are shown, empty for all of them: a text, because the cache compares what an object holds and not what it
    is, so that it would take an And of rules for an Or.
    """

    number: int
    warehouse: str
    product_version: str
    as_of: datetime | None
    extracts_sha256: str
    entities: Entities = None
    kept: str = ""

    @property
    def whole(self) -> Build:
        """Return the build with all the returns that whoever looks may see."""
        return replace(self, kept="")

    def keeping(self, cohort: Cohort) -> Build:
        """Return the part of the build with the returns of a cohort, which has rules only."""
        return replace(self, kept=cohort.to_json() if cohort.steps else "")


def published_build() -> Build:
    """Return the build that is published at this moment, limited to what whoever looks may see.

    Raises NotAdmittedError when that is nothing, UsageError when no workspace is named or it holds nothing yet.
    """
    entities = entities_of_viewer()
    return replace(build_of(named_workspace()), entities=entities)


def named_workspace() -> Path:
    """Return the folder of the workspace that the pages show. Raises UsageError when none is named."""
    named = os.environ.get(WORKSPACE_VARIABLE, "").strip()
    if not named:
        raise UsageError("No workspace is named. Open the pages with `retrace dashboard --workspace DIR`.")
    return Path(named)


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
    """An open warehouse with the catalogues of limited viewers and of cohorts, and what closes it."""

    limits: Limits
    cuts: Cuts
    stack: ExitStack


@st.cache_resource(show_spinner=False, max_entries=2, on_release=lambda opened: opened.stack.close())
def opened(build: Build) -> Opened:
    """Open the warehouse of a whole build once for all readers; it stays readable when newer builds replace it."""
    stack = ExitStack()
    beside = stack.enter_context(warehouse.reading_beside(Path(build.warehouse)))
    return Opened(Limits(beside), Cuts(beside), stack)


def connection(build: Build) -> Connection:
    """Return a connection of its own for each question, so that sessions don't wait for one another.

    It reads what the build's `entities` allow and its cohort keeps, and nothing else. Raises UsageError for a rule that
    asks for what the log does not have.
    """
    found = opened(replace(build, entities=None, kept=""))
    cohort = Cohort.from_json(build.kept) if build.kept else Cohort()
    return found.cuts.connection(found.limits.catalogue(build.entities), cohort)
