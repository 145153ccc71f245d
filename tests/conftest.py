"""Extracts and a built workspace that many tests read; nobody writes into them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.build import BuildRequest, build
from pipeline.progress import PlainProgress
from simulator import simulate


@pytest.fixture(scope="session")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated landing folder."""
    folder = tmp_path_factory.mktemp("landing") / "extracts"
    simulate(folder, returns=60, seed=7)
    return folder


@pytest.fixture(scope="session")
def built_workspace(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one published build of `extracts`; only for reading."""
    workspace = tmp_path_factory.mktemp("built") / "workspace"
    build(BuildRequest(extracts, workspace), PlainProgress())
    return workspace


@pytest.fixture
def workspace_copy(built_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the built workspace that a test may change."""
    copy = tmp_path / "workspace"
    shutil.copytree(built_workspace, copy)
    return copy
