"""Frozen baselines of the workspace, each held against the published build."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards.published import Build, connection, named_workspace
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
