"""Frozen baselines of the workspace, each held against the published build."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards.answers import FrozenFigures
from dashboards.published import Build, connection, named_workspace
from dashboards.scope import Scope
from pipeline.publish import Published, read_manifest
from pipeline.workspace import workspace_for_reading
from proof.baseline.freezing import Frozen
from proof.baseline.freezing import freeze as frozen_of
from proof.baseline.store import Stored, stored_baselines
from proof.baseline.verifying import Verification, verify
from proof.question import Side


def baselines() -> tuple[Stored, ...]:
    """Return the baselines of the workspace by name; read anew each time, because others freeze too."""
    return stored_baselines(workspace_for_reading(named_workspace()))


def newest_of(build: Build, scope: Scope) -> FrozenFigures | None:
    """Return the figures of the newest whole baseline of the returns of `scope`, of whatever dates.

    The newest by its build's as-of instant and then its name; None for none, and for whoever sees only some of the
    entities. Files are hashed again only once they changed.
    """
    workspace = workspace_for_reading(Path(build.warehouse).parents[2])
    if build.entities is not None or not workspace.baselines.is_dir():
        return None
    files = workspace.baselines.glob("[!.]*/*")
    seen = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    cohort = Scope(entities=scope.entities, kept=scope.kept).cohort()
    return _newest(workspace.root, tuple(seen), cohort.to_json())


@st.cache_data(show_spinner=False, max_entries=64)
def _newest(root: Path, seen: tuple[tuple[str, int, int], ...], cohort: str) -> FrozenFigures | None:
    """`seen` are the files with their sizes and times: other files, another answer."""
    stored = stored_baselines(workspace_for_reading(root)) if seen else ()
    whole = [one.baseline for one in stored if one.baseline and not one.changed]
    mine = [one for one in whole if one.side.cohort.to_json() == cohort]
    newest = max(mine, key=lambda one: (one.build.as_of_at or "", one.name), default=None)
    return FrozenFigures(newest.name, {one.measure.measure: one.value for one in newest.values}) if newest else None


@st.cache_data(show_spinner="Holding the baseline against today's build …", max_entries=16)
def verification(build: Build, name: str, seal: str) -> Verification:
    """Return what has become of the baseline of that name, whose record has this seal today."""
    return verify(_published(build), name)


def freeze(build: Build, name: str, side: Side) -> Frozen:
    """Freeze a side of the published build. Raises UsageError as `proof.baseline.freezing.freeze` does."""
    return frozen_of(_published(build), name, side)


def _published(build: Build) -> Published:
    folder = Path(build.warehouse).parent
    return Published(workspace_for_reading(named_workspace()), read_manifest(folder), folder, connection(build.whole))
