"""Extracts and a built workspace that many tests read; nobody writes into them; made once a run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.build import BuildRequest, build
from pipeline.progress import PlainProgress
from pipeline.publish import open_published
from proof.baseline.freezing import freeze
from simulator import simulate
from tests.built_once import built_once
from tests.proof.frozen import NAME, QUARTER


@pytest.fixture(scope="session")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated landing folder."""
    made = built_once(tmp_path_factory, "landing", lambda folder: simulate(folder / "extracts", returns=60, seed=7))
    return made / "extracts"


@pytest.fixture(scope="session")
def built_workspace(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one published build of `extracts`; only for reading."""

    def make(folder: Path) -> None:
        build(BuildRequest(extracts, folder / "workspace"), PlainProgress())

    return built_once(tmp_path_factory, "built", make) / "workspace"


@pytest.fixture(scope="session")
def frozen_workspace(built_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built workspace with one baseline; only for reading."""

    def make(folder: Path) -> None:
        shutil.copytree(built_workspace, folder / "workspace")
        with open_published(folder / "workspace") as published:
            freeze(published, NAME, QUARTER)

    return built_once(tmp_path_factory, "baseline", make) / "workspace"


@pytest.fixture
def workspace_copy(built_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the built workspace that a test may change."""
    copy = tmp_path / "workspace"
    shutil.copytree(built_workspace, copy)
    return copy
