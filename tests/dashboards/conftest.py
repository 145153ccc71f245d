"""The pages over a small literal warehouse and over a real build, under AppTest and in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import chromium, serving_workspace
from literal_warehouse import publish, write_warehouse
from playwright.sync_api import Browser

from pipeline.settings import WORKSPACE_VARIABLE


@pytest.fixture(scope="session")
def literal_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The literal warehouse as a file; nobody writes into it."""
    path = tmp_path_factory.mktemp("literal") / "warehouse.duckdb"
    write_warehouse(path)
    return path


@pytest.fixture(scope="session")
def published_literals(literal_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the literal warehouse as build 1; nobody writes into it."""
    folder = tmp_path_factory.mktemp("literals") / "workspace"
    publish(literal_warehouse, folder, 1)
    return folder


@pytest.fixture
def literals(published_literals: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The literal workspace that the pages show; nobody writes into it."""
    return shown(published_literals, monkeypatch)


@pytest.fixture
def workspace(published_literals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A literal workspace that the pages show and a test may change."""
    return shown(shutil.copytree(published_literals, tmp_path / "workspace"), monkeypatch)


@pytest.fixture
def real_workspace(built_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real build of simulated returns that the pages show; nobody writes into it."""
    return shown(built_workspace, monkeypatch)


@pytest.fixture
def proving(frozen_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real build with a baseline that the pages show; nobody writes into it."""
    return shown(frozen_workspace, monkeypatch)


@pytest.fixture
def proving_copy(frozen_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real build with a baseline that the pages show and a test may change."""
    return shown(shutil.copytree(frozen_workspace, tmp_path / "workspace"), monkeypatch)


def shown(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the pages show a workspace; the answers they keep are those of its path, so tests may share them."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(workspace))
    return workspace


@pytest.fixture(scope="session")
def address(built_workspace: Path) -> Iterator[str]:
    """The address of a server of the built workspace's pages."""
    with serving_workspace(built_workspace) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests fail."""
    with chromium() as started:
        yield started
