"""A frozen baseline of a real build, and the same workspace built again of extracts whose past is told anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import pipeline.build
from pipeline.build import BuildRequest, build
from pipeline.progress import PlainProgress
from pipeline.publish import open_published
from proof.baseline.record import Baseline
from proof.baseline.store import open_baseline
from proof.baseline.verifying import Verification, verify
from tests.built_once import built_once
from tests.proof.frozen import NAME
from tests.proof.restating import restate


@pytest.fixture(scope="session")
def restated_workspace(frozen_workspace: Path, extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same workspace elsewhere, built again of extracts whose past is told anew."""

    def make(folder: Path) -> None:
        shutil.copytree(frozen_workspace, folder / "workspace")
        restate(extracts, folder / "extracts", "2025-03-20")
        with pytest.MonkeyPatch.context() as quick:
            quick.setattr(pipeline.build, "validate_build", lambda *arguments: None)  # not what is asked here
            build(BuildRequest(folder / "extracts", folder / "workspace"), PlainProgress())

    return built_once(tmp_path_factory, "restated", make) / "workspace"


@pytest.fixture(scope="session")
def verification(restated_workspace: Path) -> Verification:
    with open_published(restated_workspace) as published:
        return verify(published, NAME)


@pytest.fixture(scope="session")
def baseline(frozen_workspace: Path) -> Baseline:
    with open_published(frozen_workspace) as published:
        found = open_baseline(published.workspace, NAME)
    assert found.baseline is not None
    assert found.changed == ()
    return found.baseline
